import { describe, expect, test } from 'vitest'
import { laterOf, notAhead, parseLastActivity } from './last-activity.ts'

const NOW_MS = 1_700_000_000_000
const activity = { atMs: NOW_MS - 1000, session: 'mine' }

describe('what is stored', () => {
  test.each([
    ['later', { ...activity, atMs: NOW_MS }, true],
    ['a little ahead, as clocks are set', { ...activity, atMs: NOW_MS + 5000 }, true],
    ['earlier', { ...activity, atMs: NOW_MS - 2000 }, false],
    ['from before the clock was put back', { ...activity, atMs: NOW_MS + 5001 }, false],
    ["another session's", { atMs: NOW_MS, session: 'theirs' }, false],
    ['garbled', { atMs: 'now', session: 'mine' }, false],
    ['nothing', undefined, false],
  ])('%s: stays or is replaced', (_, stored, stays) => {
    expect(laterOf(stored, activity, NOW_MS)).toEqual(stays ? stored : activity)
  })

  test.each([[undefined], [null], [[]], [{ atMs: Number.NaN, session: 'x' }], [{ atMs: 1, session: 2 }]])(
    'is read only if it is whole: %j',
    (raw) => {
      expect(parseLastActivity(raw)).toBeNull()
    },
  )
})

test('a time ahead of the clock counts as now, unless clocks differ by as much', () => {
  expect(notAhead(NOW_MS + 5001, NOW_MS)).toBe(NOW_MS)
  expect(notAhead(NOW_MS + 5000, NOW_MS)).toBe(NOW_MS + 5000)
  expect(notAhead(NOW_MS - 1, NOW_MS)).toBe(NOW_MS - 1)
})
