import type { EndReason } from '@solotab/core'
import type { SessionState } from '@solotab/react'
import type { Session } from '@supabase/supabase-js'
import type { PaneReport } from '../protocol/messages.ts'

/** What a pane knows of its session. Never holds a token. */
export type PaneSession = Omit<PaneReport, 'pane' | 'load' | 'side' | 'isRealTab' | 'isFrozen'>

/** Why Solotab says that there is no session. */
const REASONS: Record<EndReason, string> = {
  'no-session': 'not signed in yet',
  'signed-out': 'signed out here',
  'signed-out-elsewhere': 'signed out in another tab',
  expired: 'the session is too old',
  revoked: 'ended by the server',
  'user-banned': 'account banned',
  'storage-cleared': 'site data deleted',
}

const nothing: PaneSession = {
  status: 'loading',
  reason: null,
  email: null,
  role: null,
  generation: null,
  issuedAtMs: null,
  isFailing: false,
}

const shown = ({ user, expires_at = 0, expires_in }: Session) => ({
  email: user.email ?? null,
  issuedAtMs: (expires_at - expires_in) * 1000,
})

/** As `onAuthStateChange` tells it; undefined: it has not told anything yet. */
export function stockSession(session: Session | null | undefined): PaneSession {
  if (session === undefined) return nothing
  return session
    ? { ...nothing, status: 'signed-in', ...shown(session) }
    : { ...nothing, status: 'signed-out' }
}

/** As `useSession()` tells it. */
export function solotabSession(state: SessionState<Session>): PaneSession {
  const { status, role, generation } = state
  const shared = { ...nothing, status, role, generation }
  switch (state.status) {
    case 'loading':
      return shared
    case 'signed-in':
      return { ...shared, ...shown(state.session), isFailing: state.refreshFailing !== null }
    case 'signed-out':
      return { ...shared, reason: REASONS[state.reason] }
  }
}
