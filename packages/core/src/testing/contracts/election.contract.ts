import { type Clause, equal, type Steps } from './contract.ts'

export interface ElectionHarness extends Steps {
  /** Applies, as another page would. */
  join(onLeadership: (leads: boolean) => void): () => void
}

const candidate = ({ join }: ElectionHarness) => {
  let isLeader = false
  const leave = join((leads) => {
    isLeader = leads
  })
  return { isLeader: () => isLeader, leave }
}

export const electionContract: Clause<ElectionHarness>[] = [
  {
    says: 'one who is alone leads',
    async run(harness) {
      const alone = candidate(harness)
      await harness.soon(alone.isLeader)
      alone.leave()
    },
  },
  {
    says: 'of several one leads, and when it leaves another one does',
    async run(harness) {
      let candidates = [candidate(harness), candidate(harness), candidate(harness), candidate(harness)]
      while (candidates.length > 0) {
        await harness.soon(() => candidates.some(({ isLeader }) => isLeader()))
        await harness.rest()
        equal(candidates.filter(({ isLeader }) => isLeader()).length, 1)
        for (const each of candidates.filter(({ isLeader }) => isLeader())) each.leave()
        candidates = candidates.filter(({ isLeader }) => !isLeader())
      }
    },
  },
  {
    says: 'one who leaves before is never elected',
    async run(harness) {
      const first = candidate(harness)
      await harness.soon(first.isLeader)
      const second = candidate(harness)
      second.leave()
      first.leave()
      const third = candidate(harness)
      await harness.soon(third.isLeader)
      equal(second.isLeader(), false)
      third.leave()
    },
  },
  {
    says: 'leaving twice is harmless',
    async run(harness) {
      const first = candidate(harness)
      first.leave()
      first.leave()
      const second = candidate(harness)
      await harness.soon(second.isLeader)
      second.leave()
    },
  },
]
