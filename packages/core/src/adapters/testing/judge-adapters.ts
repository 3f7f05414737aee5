import type { PageFact } from '../../ports.ts'
import { type Clause, equal, type Steps } from '../../testing/contracts/contract.ts'
import { type ElectionHarness, electionContract } from '../../testing/contracts/election.contract.ts'
import { locksContract } from '../../testing/contracts/locks.contract.ts'
import { pageContract } from '../../testing/contracts/page.contract.ts'
import { storeContract } from '../../testing/contracts/store.contract.ts'
import { transportContract } from '../../testing/contracts/transport.contract.ts'
import { joinElection } from '../election.ts'
import { openIndexedDb } from '../indexed-db.ts'
import { browserPage } from '../page-lifecycle.ts'
import { browserRandom } from '../random.ts'
import { openTransport } from '../transport.ts'
import { browserLocks } from '../web-locks.ts'

/** One clause that a real adapter was held to; `failed` is null if it kept it. */
export interface Verdict {
  readonly port: string
  readonly says: string
  readonly failed: string | null
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const steps: Steps = {
  run: (promise) => promise,
  async soon(condition) {
    for (let tries = 0; !condition(); tries++) {
      if (tries > 500) throw new Error('It did not happen.')
      await wait(10)
    }
  },
  rest: () => wait(50),
}

const show = (visibilityState: DocumentVisibilityState): void => {
  Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

/** The page's own events, as the browser dispatches them. */
const causes: Record<PageFact, () => void> = {
  hidden: () => show('hidden'),
  shown: () => show('visible'),
  woken: () => document.dispatchEvent(new Event('resume')),
  online: () => window.dispatchEvent(new Event('online')),
  left: () => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
  returned: () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
}

/** What only a real page can show of the election of broadcast-channel. */
const livingPage: Clause<ElectionHarness>[] = [
  {
    says: 'elector dead while the page lives: it gives up the lead and applies anew',
    async run({ join, soon, rest }) {
      const heard: boolean[] = []
      const leave = join((leads) => heard.push(leads))
      await soon(() => heard.length === 1)
      // A download link or a mailto: does this, and the page stays.
      window.dispatchEvent(new Event('beforeunload'))
      await soon(() => heard.length === 3)
      equal(heard, [true, false, true])
      leave()
      const next: boolean[] = []
      const leaveNext = join((leads) => next.push(leads))
      await soon(() => next.length === 1)
      leaveNext()
      await rest()
      equal([heard.length, next.length], [3, 1])
    },
  },
]

/**
 * Holds the adapters of this browser to their contracts. To be called in a page of a secure context. The clock's
 * is not among them, since it needs days: that one is tested with a clock of its own.
 */
export const judgeAdapters = async (): Promise<Verdict[]> => {
  const verdicts: Verdict[] = []
  const judge = async <H>(port: string, contract: readonly Clause<H>[], harness: (name: string) => H) => {
    for (const { says, run } of contract) {
      let failed: string | null = null
      try {
        await run(harness(browserRandom.id()))
      } catch (error) {
        failed = String(error)
      }
      verdicts.push({ port, says, failed })
    }
  }

  const locks = browserLocks()
  if (!locks) throw new Error('This browser has no Web Locks here.')
  await judge('store', storeContract, (name) => ({ ...steps, open: () => openIndexedDb(name) }))
  await judge('locks', locksContract, (name) => ({
    ...steps,
    open: () => ({
      hold: (lock, signal, body) => locks.hold(`${name}:${lock}`, signal, body),
      released: (lock, signal) => locks.released(`${name}:${lock}`, signal),
    }),
  }))
  await judge('transport', transportContract, (name) => ({
    ...steps,
    open: (onMessage) => openTransport(name, onMessage),
  }))
  await judge('election by lock', electionContract, (name) => ({
    ...steps,
    join: (onLeadership) => joinElection(name, locks, onLeadership),
  }))
  await judge('election of broadcast-channel', [...electionContract, ...livingPage], (name) => ({
    ...steps,
    join: (onLeadership) => joinElection(name, null, onLeadership),
  }))
  await judge('page', pageContract, () => ({ page: browserPage, cause: (fact) => causes[fact]() }))
  return verdicts
}
