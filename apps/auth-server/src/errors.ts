/**
 * Every error this package throws. Branch on `code`; the message is for people.
 *
 * Of its own: `option_unknown`, `option_invalid` and `listen_failed` at the start; `fault_invalid`, `bad_json`,
 * `user_not_found` and `session_not_found` in the control API. {@link ApiError} carries the codes of Supabase Auth.
 */
export class AuthServerError extends Error {
  /** Stable: part of the API. */
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AuthServerError'
    this.code = code
  }
}

/** An answer that refuses a request: status, code and message exactly as Supabase Auth words them. */
export class ApiError extends AuthServerError {
  /** HTTP status, 400 to 599. */
  readonly status: number
  /** Members that the body carries beside code and message, such as `weak_password`. */
  readonly extra: Readonly<Record<string, unknown>>

  constructor(status: number, code: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(code, message)
    this.name = 'ApiError'
    this.status = status
    this.extra = extra
  }
}
