import type { Coordinator } from '@solotab/core'
import type { Session, SupabaseClient } from '@supabase/supabase-js'
import { claimsOf } from '../claims.ts'
import { query, tell } from './tell.ts'

type Held = Pick<Session, 'access_token'> | null

const LOOK_EVERY_MS = 100

/** Tells when the page loses its session, and when it has no valid token, and has one again. */
export function watchSession(supabase: SupabaseClient, coordinator: Coordinator<Session> | null): void {
  const hear = sessionWatch()
  const look = tokenWatch(coordinator ? () => sessionOf(coordinator) : storedByStock)
  coordinator?.subscribe(() => {
    look()
    const now = coordinator.getSnapshot()
    if (now.status !== 'loading') hear(sessionOf(coordinator), now.status === 'signed-out' ? now.reason : '')
  })
  supabase.auth.onAuthStateChange((event, session) => {
    look()
    // With Solotab too: what an app hears of supabase-js must not differ from what Solotab says.
    if (event === 'SIGNED_OUT') hear(null, event)
    else if (!coordinator) hear(session, event)
  })
  setInterval(look, LOOK_EVERY_MS)
}

/** Hears of the session again and again, and tells of changes. */
function sessionWatch(): (session: Held, reason: string) => void {
  let known: string | null = null
  let isOut = false
  return (session, reason) => {
    const id = session && (claimsOf(session.access_token)?.session_id ?? '')
    if (id !== null && (isOut || id !== known)) tell({ type: 'signed-in', session: id })
    if (id === null && !isOut) tell({ type: 'signed-out', session: known, reason })
    isOut = id === null
    known = id ?? known
  }
}

/** Looks for a valid token again and again, and tells of the beginning and the end of a time without one. */
function tokenWatch(current: () => Held): () => void {
  let expiresMs = Number.POSITIVE_INFINITY
  let sinceMs: number | null = null
  return () => {
    const session = current()
    const nowMs = Date.now()
    const untilMs = (session && (claimsOf(session.access_token)?.exp ?? 0) * 1000) ?? 0
    // The last token may have expired a while ago, and nobody has looked since.
    const isGone = untilMs <= nowMs
    if (sinceMs === null && (isGone || (expiresMs < nowMs && untilMs !== expiresMs))) {
      sinceMs = Math.min(nowMs, expiresMs)
      if (isGone) tell({ type: 'token-gone', sinceMs })
    }
    if (isGone) return
    expiresMs = untilMs
    if (sinceMs !== null) tell({ type: 'token-back', sinceMs })
    sinceMs = null
  }
}

function sessionOf(coordinator: Coordinator<Session>): Held {
  const now = coordinator.getSnapshot()
  return now.status === 'signed-in' ? now.session : null
}

/** Where supabase-js alone keeps the session. */
function storedByStock(): Held {
  const project = new URL(query.get('server') ?? '').hostname.split('.')[0]
  return JSON.parse(localStorage.getItem(`sb-${project}-auth-token`) ?? 'null')
}
