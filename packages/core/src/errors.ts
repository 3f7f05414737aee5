/**
 * Stable codes of {@link SessionError}. Branch on these; messages may change.
 *
 * - `name_invalid`: the coordinator's name is empty or not a string.
 * - `name_in_use`: this page already runs a coordinator with this name.
 * - `option_invalid`: an option has the wrong type or range.
 * - `session_invalid`: a session lacks an access token or a refresh token.
 * - `expiry_invalid`: a session says nothing finite about its expiry.
 * - `session_missing`: signed out, here or in another tab.
 * - `refresh_failed`: the grant could not be made now. The session is kept and retried; see `cause`.
 * - `lifetime_too_short`: a fresh token is valid for less than was asked.
 * - `newer_build`: the stored record was written by a newer version; reload this page.
 * - `not_started`: `start()` has not been called.
 * - `closed`: the call came after `close()`, or `close()` came while it ran.
 * - `origin_not_allowed`: `@solotab/core/fetch` sends no access token to that origin.
 * - `provider_missing`: a hook of `@solotab/react` has no `<SessionProvider>` above it.
 * - `suspense_on_server`: such a hook is to wait for the session on a server, which has none.
 */
export type SessionErrorCode =
  | 'name_invalid'
  | 'name_in_use'
  | 'option_invalid'
  | 'session_invalid'
  | 'expiry_invalid'
  | 'session_missing'
  | 'refresh_failed'
  | 'lifetime_too_short'
  | 'newer_build'
  | 'not_started'
  | 'closed'
  | 'provider_missing'
  | 'origin_not_allowed'
  | 'suspense_on_server'

/** The one error class that Solotab throws. Never carries a token, in any field. */
export class SessionError extends Error {
  override readonly name: string = 'SessionError'
  declare readonly code: SessionErrorCode

  /** @param message Default: the code. */
  constructor(code: SessionErrorCode, message: string = code, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Why the authorization server has ended a session for good. */
export type RefusalReason = 'expired' | 'revoked' | 'user-banned'

/**
 * Throw this from `refresh` when the server's answer about this refresh token is final (RFC 6749
 * section 5.2, `invalid_grant`). It ends the session in every tab. Anything else that `refresh` throws is
 * taken as passing: the session is kept and the grant is tried again.
 */
export class GrantRefused extends Error {
  override readonly name: string = 'GrantRefused'
  /** Becomes the `reason` of the signed-out snapshot. */
  declare readonly reason: RefusalReason
  /** The server's own error code, for diagnostics. */
  declare readonly code: string

  constructor(reason: RefusalReason, code: string) {
    super(code)
    // A provider's table of codes may lack one.
    this.reason = reason ?? 'revoked'
    this.code = code
  }
}

/** Throw this from `refresh` when the server is unavailable and says when to come back. */
export class GrantUnavailable extends Error {
  override readonly name: string = 'GrantUnavailable'
  /** What failed, for diagnostics: an error code or an HTTP status. */
  declare readonly code: string
  /** Milliseconds to wait before the next attempt (`Retry-After`, RFC 9110 section 10.2.3), or null. */
  declare readonly retryAfterMs: number | null

  constructor(code: string, retryAfterMs: number | null = null) {
    super(code)
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** The name of an error that is not ours. Its message may hold anything, and is told nobody. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
