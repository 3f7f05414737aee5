import type { Session } from '@supabase/supabase-js'
import type { Fetch } from '../adapters/fetch.ts'
import { GrantRefused, GrantUnavailable, type RefusalReason } from '../errors.ts'
import type { Refresh } from '../grant.ts'
import { errorCodeOf, JSON_HEADERS, jsonOf } from './json.ts'

/** Codes with which Supabase Auth says that a refresh token is of no use any more, with status 400. */
const FINAL = new Map<string, RefusalReason>([
  ['refresh_token_not_found', 'revoked'],
  ['refresh_token_already_used', 'revoked'],
  ['session_not_found', 'revoked'],
  ['validation_failed', 'revoked'],
  ['session_expired', 'expired'],
  ['user_banned', 'user-banned'],
])

/** `Retry-After` in milliseconds, if it is in seconds (RFC 9110 section 10.2.3): a date is by another clock. */
const retryAfterMs = (headers: Headers): number | null => {
  const ms = Number(headers.get('retry-after') ?? Number.NaN) * 1000
  return ms >= 0 ? ms : null
}

/** The refresh token grant of Supabase Auth, as auth-js sends it. */
export const createRefreshGrant =
  (authUrl: string, headers: Record<string, string>, send: Fetch): Refresh<Session> =>
  async (refreshToken, { signal }) => {
    const response = await send(`${authUrl}/token?grant_type=refresh_token`, {
      method: 'POST',
      headers: { ...headers, ...JSON_HEADERS },
      body: JSON.stringify({ refresh_token: refreshToken }),
      signal,
    })
    if (response.ok) return response.json()
    const code = errorCodeOf(await jsonOf(response)) ?? `http_${response.status}`
    const reason = response.status === 400 && FINAL.get(code)
    if (reason) throw new GrantRefused(reason, code)
    throw new GrantUnavailable(code, retryAfterMs(response.headers))
  }
