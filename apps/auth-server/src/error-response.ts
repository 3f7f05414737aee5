import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ApiError } from './errors.ts'
import type { AppContext } from './http.ts'

const VERSION_HEADER = 'X-Supabase-Api-Version'
const VERSION_2024 = '2024-01-01'

/**
 * Answers an error in the shape that the request asks for: `{ code, message }` when it carries the API version
 * 2024-01-01, which is then echoed, or the older `{ code: <status>, error_code, msg }`. Anything unforeseen becomes a
 * 500 `unexpected_failure`.
 */
export function errorResponse(c: AppContext, error: unknown): Response {
  const { status, code, message, extra } =
    error instanceof ApiError
      ? error
      : new ApiError(
          500,
          'unexpected_failure',
          'Unexpected failure, please check server logs for more information',
        )
  c.header('X-Sb-Error-Code', code)
  if (isVersion2024(c.req.header(VERSION_HEADER))) {
    c.header(VERSION_HEADER, VERSION_2024)
    return c.json({ code, message, ...extra }, status as ContentfulStatusCode)
  }
  return c.json({ code: status, error_code: code, msg: message, ...extra }, status as ContentfulStatusCode)
}

/** A date of this version or a later one: the server serves the closest that it knows. */
function isVersion2024(header: string | undefined): boolean {
  return header !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(header) && header >= VERSION_2024
}
