import type { Diagnostic } from '@solotab/core'
import { expect, test } from 'vitest'
import { detailsOf, durationText, lockRows, lockText, matches } from './text.ts'

const ended: Diagnostic = {
  type: 'grant-ended',
  atMs: 0,
  tab: 'one',
  generation: 3,
  outcome: 'rotated',
  durationMs: 12.6,
  code: null,
}

test.each([
  [0, '0:00'],
  [9 * 1000, '0:09'],
  [-61 * 1000, '1:01'],
  [(3600 + 5 * 60 + 9) * 1000, '1:05:09'],
])('%i ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

test("an event's details leave out what is shown beside them, and what is not so", () => {
  expect(detailsOf(ended)).toBe('generation 3, outcome rotated, 13 ms')
  expect(detailsOf({ type: 'grant-sent', atMs: 0, tab: 'one', generation: 3, tookOver: false })).toBe(
    'generation 3',
  )
})

test('a filter wants all of its words, in any order and case', () => {
  for (const filter of ['', '  ', 'GRANT', 'rotated grant', 'ended  generation 3']) {
    expect([filter, matches(ended, filter)]).toEqual([filter, true])
  }
  for (const filter of ['refused', 'grant refused']) {
    expect([filter, matches(ended, filter)]).toEqual([filter, false])
  }
})

test('locks: one row each, who leads and who makes a grant before who is there', () => {
  const lock = (name: string, tab: string | null, state: 'held' | 'waiting' = 'held') => ({
    name,
    tab,
    state,
    mode: 'exclusive' as const,
  })
  const rows = lockRows([
    lock('tab:one:visible:1', 'one'),
    lock('tab:one:visible:1', 'two', 'waiting'),
    lock('leader', 'two'),
    lock('grant:12345678', null),
  ])
  expect(rows).toEqual([
    { name: 'leader', holders: ['two'], waiting: [] },
    { name: 'grant:12345678', holders: [null], waiting: [] },
    { name: 'tab:one:visible:1', holders: ['one'], waiting: ['two'] },
  ])
  expect(rows.map(({ name }) => lockText(name))).toEqual(['leader', 'grant 123456', 'tab one'])
})
