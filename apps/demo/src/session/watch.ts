import type { Coordinator, Diagnostic, Snapshot } from '@solotab/core'
import type { Session } from '@supabase/supabase-js'
import type { Client } from './client.ts'
import { noSession, REASONS, shownOf, type TabSession } from './tab-session.ts'

export interface Watcher {
  onSession(session: TabSession): void
  onEvent(source: 'auth' | 'solotab', text: string): void
}

/** Follows the session of this tab, through what its client offers for that. */
export function watchSession({ supabase, coordinator }: Client, watcher: Watcher): void {
  supabase.auth.onAuthStateChange((event, session) => {
    watcher.onEvent('auth', event)
    if (!coordinator) watcher.onSession(stockSession(session))
  })
  if (coordinator) watchCoordinator(coordinator, watcher)
}

function stockSession(session: Session | null): TabSession {
  if (session) return { ...noSession, ...shownOf(session), status: 'signed-in' }
  return { ...noSession, status: 'signed-out' }
}

function watchCoordinator(coordinator: Coordinator<Session>, watcher: Watcher): void {
  const show = () => watcher.onSession(coordinatedSession(coordinator.getSnapshot()))
  coordinator.subscribe(show)
  coordinator.onDiagnostic((event) => {
    const text = wordsFor(event)
    if (text) watcher.onEvent('solotab', text)
  })
  show()
}

function coordinatedSession(snapshot: Snapshot<Session>): TabSession {
  const { status, role, generation } = snapshot
  const shared = { ...noSession, status, role, generation }
  switch (snapshot.status) {
    case 'loading':
      return shared
    case 'signed-in':
      return { ...shared, ...shownOf(snapshot.session), failing: snapshot.refreshFailing }
    case 'signed-out':
      return { ...shared, reason: REASONS[snapshot.reason] }
  }
}

function wordsFor(event: Diagnostic): string | null {
  switch (event.type) {
    case 'leadership':
      return `is ${event.role} now`
    case 'grant-sent':
      return event.tookOver ? 'sends a grant that its tab did not finish' : 'sends the grant'
    case 'grant-ended':
      return event.code ? `grant ${event.outcome}: ${event.code}` : `grant ${event.outcome}`
    case 'adopted':
      return `has generation ${event.generation}, by ${event.via}`
    case 'session-ended':
      return `session ended: ${event.reason}`
    case 'storage-failed':
      return `storage failed: ${event.code}`
    default:
      return null
  }
}
