import type { Page, PageFact } from '../../ports.ts'
import { type Clause, equal } from './contract.ts'

export interface PageHarness {
  readonly page: Page
  /** Lets it happen to the page. */
  cause(fact: PageFact): void
}

const FACTS: PageFact[] = ['hidden', 'shown', 'woken', 'online', 'left', 'returned']

export const pageContract: Clause<PageHarness>[] = [
  {
    says: 'whoever listens hears each fact once, in its order',
    async run({ page, cause }) {
      const [a, b]: [PageFact[], PageFact[]] = [[], []]
      const leaveA = page.subscribe((fact) => a.push(fact))
      const leaveB = page.subscribe((fact) => b.push(fact))
      for (const fact of FACTS) cause(fact)
      leaveA()
      leaveB()
      equal([a, b], [FACTS, FACTS])
    },
  },
  {
    says: 'whoever has left hears nothing, and leaving twice is harmless',
    async run({ page, cause }) {
      const heard: PageFact[] = []
      const leave = page.subscribe((fact) => heard.push(fact))
      leave()
      leave()
      for (const fact of FACTS) cause(fact)
      equal(heard, [])
    },
  },
  {
    says: 'it knows whether it is visible when it tells that',
    async run({ page, cause }) {
      const seen: boolean[] = []
      const leave = page.subscribe(() => seen.push(page.isVisible()))
      cause('hidden')
      cause('shown')
      leave()
      equal(seen, [false, true])
    },
  },
]
