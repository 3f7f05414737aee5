import type { RefreshTokenRow } from './refresh/decide-v1.ts'

/** How a user proved who they are, as the `amr` claim spells it. */
export type AuthenticationMethod =
  | 'password'
  | 'anonymous'
  | 'oauth'
  | 'otp'
  | 'totp'
  | 'magiclink'
  | 'recovery'
  | 'email_change'

/** What the server keeps to recognise a session's refresh tokens. */
export type RefreshState =
  | { readonly kind: 'v1'; readonly rows: RefreshTokenRow[] }
  | { readonly kind: 'v2'; counter: number; readonly hmacKey: Buffer }

export interface Session {
  readonly id: string
  readonly userId: string
  readonly createdAtMs: number
  /** Time of the last successful refresh; null before the first. */
  refreshedAtMs: number | null
  /** The factor that raised the session to aal2. */
  factorId: string | null
  /** Each method with the time it was last used. */
  readonly methods: Map<AuthenticationMethod, number>
  readonly refresh: RefreshState
}

/** The authenticator assurance level: aal2 once a second factor was verified. */
export function assuranceLevel(session: Session): 'aal1' | 'aal2' {
  return session.methods.has('totp') ? 'aal2' : 'aal1'
}
