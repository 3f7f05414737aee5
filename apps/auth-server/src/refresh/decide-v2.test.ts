import { describe, expect, it } from 'vitest'
import { type DecisionV2, decideV2 } from './decide-v2.ts'

const INTERVAL_MS = 10_000
const REFRESHED_AT_MS = 1_000_000

interface Row {
  readonly behind: number
  readonly afterMs: number
  readonly usual: DecisionV2['kind']
  readonly strict: DecisionV2['kind']
}

const TABLE: Row[] = [
  { behind: -1, afterMs: 0, usual: 'not-issued-here', strict: 'not-issued-here' },
  { behind: 0, afterMs: 0, usual: 'rotate', strict: 'rotate' },
  { behind: 0, afterMs: 10 ** 12, usual: 'rotate', strict: 'rotate' },
  { behind: 1, afterMs: 0, usual: 'answer-again', strict: 'answer-again' },
  { behind: 1, afterMs: 10 ** 12, usual: 'answer-again', strict: 'refuse' },
  { behind: 2, afterMs: INTERVAL_MS - 1, usual: 'answer-again', strict: 'answer-again' },
  { behind: 2, afterMs: INTERVAL_MS, usual: 'refuse', strict: 'refuse' },
  { behind: 9, afterMs: 0, usual: 'answer-again', strict: 'answer-again' },
  { behind: 9, afterMs: 10 ** 12, usual: 'refuse', strict: 'refuse' },
]

describe('the v2 table', () => {
  it.each(TABLE)('a counter $behind behind, $afterMs ms after the last refresh', (given) => {
    const input = {
      sessionCounter: 10,
      tokenCounter: 10 - given.behind,
      lastRefreshedAtMs: REFRESHED_AT_MS,
      nowMs: REFRESHED_AT_MS + given.afterMs,
      reuseIntervalMs: INTERVAL_MS,
    }
    expect(decideV2({ ...input, parentRule: true }).kind).toBe(given.usual)
    expect(decideV2({ ...input, parentRule: false }).kind).toBe(given.strict)
  })
})
