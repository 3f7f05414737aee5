import { expect, test } from 'vitest'
import type { TabCard } from './channel.ts'
import { freeNumbers, mustYield, withCard } from './roll.ts'

const card = (id: string, tab: number, bornMs: number): TabCard => ({
  id,
  tab,
  bornMs,
  status: 'loading',
  reason: null,
})

test('new tabs get the lowest free numbers', () => {
  expect(freeNumbers([1, 3], 3)).toEqual([2, 4, 5])
})

test('of two tabs with one number exactly one yields', () => {
  const older = card('b', 1, 100)
  const younger = card('a', 1, 200)
  const twin = card('c', 1, 100)
  expect([mustYield(older, younger), mustYield(younger, older)]).toEqual([false, true])
  expect([mustYield(older, twin), mustYield(twin, older)]).toEqual([false, true])
  expect(mustYield(older, older)).toBe(false)
  expect(mustYield(older, card('d', 2, 0))).toBe(false)
})

test('a card replaces the earlier one of its tab, in the order of the numbers', () => {
  const cards = [card('a', 1, 0), card('b', 2, 0)]
  expect(withCard(cards, card('a', 3, 0)).map(({ id }) => id)).toEqual(['b', 'a'])
})
