import type { AccessTokenClaims } from './access-tokens.ts'
import { ApiError } from './errors.ts'
import { type AppContext, bearerToken } from './http.ts'
import type { ServerState } from './server-state.ts'
import type { Session } from './session.ts'
import type { User } from './user.ts'

/** Who sends a request to `/auth/v1`. */
export interface Caller {
  readonly user: User
  readonly session: Session
  readonly claims: AccessTokenClaims
}

/**
 * Finds the caller by the access token of the request, in the order in which Supabase Auth checks.
 * @throws {ApiError} 401 `no_authorization`; 403 `bad_jwt` (expired too), `user_not_found`, `session_not_found`, `user_banned`.
 */
export async function authenticate(state: ServerState, c: AppContext): Promise<Caller> {
  const token = bearerToken(c)
  if (token === null) {
    throw new ApiError(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
  }
  const check = await state.accessTokens.check(token, state.nowMs())
  if (check.kind !== 'valid') {
    const reason =
      check.kind === 'expired' ? 'token has invalid claims: token is expired' : 'token is malformed'
    throw new ApiError(403, 'bad_jwt', `invalid JWT: unable to parse or verify signature, ${reason}`)
  }
  const user = state.store.users.get(check.claims.sub)
  if (!user) throw new ApiError(403, 'user_not_found', 'User from sub claim in JWT does not exist')
  const session = state.store.sessions.get(check.claims.session_id)
  if (!session) {
    throw new ApiError(403, 'session_not_found', 'Session from session_id claim in JWT does not exist')
  }
  if (user.isBanned) throw new ApiError(403, 'user_banned', 'User is banned')
  return { user, session, claims: check.claims }
}
