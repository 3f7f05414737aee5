import type { AccessTokenClaims } from './access-tokens.ts'
import type { ServerState } from './server-state.ts'
import { assuranceLevel, type Session } from './session.ts'
import type { Grant } from './session-start.ts'
import type { User } from './user.ts'
import { userJson } from './user-json.ts'

/** The body of a successful grant (RFC 6749 section 5.1), with the members that Supabase Auth adds. */
export interface TokenResponse {
  readonly access_token: string
  readonly token_type: 'bearer'
  /** Seconds. */
  readonly expires_in: number
  /** Seconds since 1970. */
  readonly expires_at: number
  readonly refresh_token: string
  readonly user: Record<string, unknown>
  /** The provider's own access token, after an OAuth sign-in only. */
  readonly provider_token?: string
}

/** Signs an access token for a grant that is committed already, and writes the answer. */
export async function tokenResponse(
  state: ServerState,
  { user, session, refreshToken }: Grant,
  providerToken: string | null = null,
): Promise<TokenResponse> {
  // Before the first await: the answer says what held at the commit, whatever happens while it is being signed.
  const claims = accessTokenClaims(state, user, session)
  const shownUser = userJson(user)
  return {
    access_token: await state.accessTokens.sign(claims),
    token_type: 'bearer',
    expires_in: claims.exp - claims.iat,
    expires_at: claims.exp,
    refresh_token: refreshToken,
    user: shownUser,
    ...(providerToken === null ? {} : { provider_token: providerToken }),
  }
}

function accessTokenClaims(state: ServerState, user: User, session: Session): AccessTokenClaims {
  const issuedAt = Math.floor(state.nowMs() / 1000)
  return {
    iss: `${state.url}/auth/v1`,
    sub: user.id,
    aud: 'authenticated',
    exp: issuedAt + state.options.accessTokenSeconds,
    iat: issuedAt,
    email: user.email ?? '',
    phone: '',
    app_metadata: user.appMetadata,
    user_metadata: user.userMetadata,
    role: 'authenticated',
    aal: assuranceLevel(session),
    amr: [...session.methods]
      .map(([method, atMs]) => ({ method, timestamp: Math.floor(atMs / 1000) }))
      .toSorted((a, b) => b.timestamp - a.timestamp),
    session_id: session.id,
    is_anonymous: user.isAnonymous,
  }
}
