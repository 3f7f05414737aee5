import type { EventLoop, Owner } from './event-loop.ts'
import { createFakeLocks } from './fake-locks.ts'

export interface FakeElection {
  join(owner: Owner, onLeadership: (leads: boolean) => void): () => void
  /** The elector dies under a living page, which then applies anew, behind the others. */
  rejoin(owner: Owner): void
  drop(owner: Owner): void
  countOf(owner: Owner): number
}

/** An election as broadcast-channel's with Web Locks: whoever holds the lock leads, frozen or not. */
export const createFakeElection = (loop: EventLoop): FakeElection => {
  const locks = createFakeLocks(loop)
  const rejoins = new Map<Owner, () => void>()

  const apply = (owner: Owner, onLeadership: (leads: boolean) => void): (() => void) => {
    const application = new AbortController()
    const leads = () =>
      new Promise<void>((resolve) => {
        onLeadership(true)
        application.signal.addEventListener('abort', () => resolve())
      })
    locks
      .open(owner)
      .hold('leader', application.signal, leads)
      .catch(() => {})
    return () => application.abort()
  }

  return {
    join(owner, onLeadership) {
      let leave = apply(owner, onLeadership)
      rejoins.set(owner, () => {
        leave()
        onLeadership(false)
        leave = apply(owner, onLeadership)
      })
      return () => {
        rejoins.delete(owner)
        leave()
      }
    },
    rejoin: (owner) => rejoins.get(owner)?.(),
    drop: (owner) => locks.drop(owner),
    countOf: (owner) => locks.countOf(owner),
  }
}
