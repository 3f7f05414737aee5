import type { EndReason } from '@solotab/core'
import type { Session } from '@supabase/supabase-js'

/** Refreshing fails at present. */
interface Failing {
  readonly sinceMs: number
  readonly nextAttemptMs: number
  /** What failed last: an error code or an HTTP status. */
  readonly code: string
}

/** What this tab knows of its session. Never holds a token. */
export interface TabSession {
  readonly status: 'loading' | 'signed-in' | 'signed-out'
  /** Signed out: why, if it is known. */
  readonly reason: string | null
  readonly email: string | null
  /** The session's id at the server, which is no secret. */
  readonly sessionId: string | null
  readonly expiresAtMs: number | null
  /** Null with supabase-js alone, which has none. */
  readonly role: 'leader' | 'follower' | null
  readonly generation: number | null
  /** Solotab tells; supabase-js alone does not. */
  readonly failing: Failing | null
}

export const noSession: TabSession = {
  status: 'loading',
  reason: null,
  email: null,
  sessionId: null,
  expiresAtMs: null,
  role: null,
  generation: null,
  failing: null,
}

/** The parts of a session that may be shown. */
export function shownOf(session: Session): Pick<TabSession, 'email' | 'sessionId' | 'expiresAtMs'> {
  return {
    email: session.user.email ?? null,
    sessionId: sessionIdIn(session.access_token),
    expiresAtMs: session.expires_at === undefined ? null : session.expires_at * 1000,
  }
}

/** The `session_id` claim of an access token (RFC 7519 section 7.2, without the verification: nothing is decided by it). */
function sessionIdIn(accessToken: string): string | null {
  try {
    const payload = accessToken.split('.')[1] ?? ''
    const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof claims.session_id === 'string' ? claims.session_id : null
  } catch {
    return null
  }
}

/** Why Solotab says that there is no session. */
export const REASONS: Record<EndReason, string> = {
  'no-session': 'nobody has signed in yet',
  'signed-out': 'signed out in this tab',
  'signed-out-elsewhere': 'signed out in another tab',
  expired: 'the server says that the session is too old',
  revoked: 'the server has ended the session',
  'user-banned': 'the server has banned this user',
  'storage-cleared': 'the browser has deleted what was stored',
}
