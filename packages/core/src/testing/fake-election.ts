import { joinElection } from '../adapters/election.ts'
import type { EventLoop, Owner } from './event-loop.ts'
import { createFakeLocks } from './fake-locks.ts'

export interface FakeElection {
  join(owner: Owner, onLeadership: (leads: boolean) => void): () => void
  /** The elector dies under a living page, which then applies anew, behind the others. */
  rejoin(owner: Owner): void
  /** A second leader beside the first, as an election by messages can have for a while. */
  usurp(owner: Owner): void
  /** The leader's lock is stolen by a script that lets it go at once. */
  steal(): void
  drop(owner: Owner): void
  countOf(owner: Owner): number
}

interface Elector {
  readonly tell: (leads: boolean) => void
  readonly renew: () => void
}

/**
 * The real election by a lock, over fake locks of its own: whoever holds the lock leads, frozen or not.
 *
 * @param latency Milliseconds until a page hears that it leads.
 */
export const createFakeElection = (loop: EventLoop, latency: () => number): FakeElection => {
  const locks = createFakeLocks(loop)
  locks.latency = latency
  const electors = new Map<Owner, Elector>()

  return {
    join(owner, onLeadership) {
      const apply = () => joinElection('world', locks.open(owner), onLeadership)
      let leave = apply()
      const renew = () => {
        leave()
        onLeadership(false)
        leave = apply()
      }
      electors.set(owner, { tell: onLeadership, renew })
      return () => {
        electors.delete(owner)
        leave()
      }
    },
    rejoin: (owner) => electors.get(owner)?.renew(),
    usurp: (owner) => electors.get(owner)?.tell(true),
    steal: () => locks.steal('leader'),
    drop: (owner) => locks.drop(owner),
    countOf: (owner) => locks.countOf(owner),
  }
}
