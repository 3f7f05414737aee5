import type { Locks } from '../ports.ts'

type OnLeadership = (leads: boolean) => void

/** Applies for leadership until the returned function is called. */
export const joinElection = (name: string, locks: Locks | null, onLeadership: OnLeadership): (() => void) => {
  const left = new AbortController()
  if (locks) joinByLock(name, locks, left.signal, onLeadership)
  else void joinByMessages(name, left.signal, onLeadership)
  return () => left.abort()
}

/** Whoever holds the lock leads; the browser hands it on when that page goes, however it goes. */
const joinByLock = (name: string, locks: Locks, left: AbortSignal, onLeadership: OnLeadership): void => {
  let leads = false
  const lead = () => {
    leads = true
    onLeadership(true)
    return new Promise<void>((resolve) => left.addEventListener('abort', () => resolve()))
  }
  locks.hold(name, left, lead).catch(() => {
    // Of a leader that has not left, the lock was stolen. Otherwise this page left before its turn.
    if (!leads || left.aborted) return
    onLeadership(false)
    joinByLock(name, locks, left, onLeadership)
  })
}

/** Only pages without Web Locks, as on plain http, load the election by messages. */
const joinByMessages = async (name: string, left: AbortSignal, onLeadership: OnLeadership): Promise<void> => {
  // If it cannot be loaded nobody leads, and each tab that needs a grant makes it itself.
  const election = await import('./message-election.ts').catch(() => null)
  if (!left.aborted) election?.joinMessageElection(name, left, onLeadership)
}
