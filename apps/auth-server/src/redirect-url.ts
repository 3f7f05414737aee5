import type { ApiError } from './errors.ts'
import type { TokenResponse } from './token-response.ts'

/** The OAuth error (RFC 6749 section 4.1.2.1) that goes with an HTTP status. */
const OAUTH_ERRORS: Record<number, string> = {
  400: 'invalid_request',
  401: 'unauthorized_client',
  403: 'access_denied',
  500: 'server_error',
  503: 'temporarily_unavailable',
}

/** The end of an implicit flow: tokens in the fragment, sorted by name as Supabase Auth does, marked with `sb`. */
export function withTokens(
  target: string,
  tokens: TokenResponse,
  extra: Record<string, string> = {},
): string {
  const members = {
    ...extra,
    access_token: tokens.access_token,
    expires_at: String(tokens.expires_at),
    expires_in: String(tokens.expires_in),
    refresh_token: tokens.refresh_token,
    sb: '',
    token_type: tokens.token_type,
    ...(tokens.provider_token === undefined ? {} : { provider_token: tokens.provider_token }),
  }
  const fragment = new URLSearchParams(members)
  fragment.sort()
  return `${target}#${fragment}`
}

/** The end of a PKCE flow: the code in the query. */
export function withCode(target: string, code: string): string {
  const url = new URL(target)
  url.searchParams.set('code', code)
  return url.href
}

/** The end of a flow that failed: the error in the fragment and, for PKCE, in the query too. */
export function withError(target: string, error: ApiError, isPkce: boolean): string {
  const url = new URL(target)
  const members = {
    error: OAUTH_ERRORS[error.status] ?? '',
    error_code: error.code,
    error_description: error.message,
  }
  if (isPkce) for (const [name, value] of Object.entries(members)) url.searchParams.set(name, value)
  return `${url.href.split('#')[0]}#${new URLSearchParams({ ...members, sb: '' })}`
}
