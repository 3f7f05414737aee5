import { describe, expect, test } from 'vitest'
import { queryOf, readPlace, tabNumber } from './place.ts'

describe('the address of a tab', () => {
  test('without a mode it is the landing page', () => {
    expect(readPlace('')).toBeNull()
    expect(readPlace('?mode=other')).toBeNull()
  })

  test.each([
    '?mode=stock&tab=stock-1',
    '?mode=solotab&tab=solotab-12',
    '?mode=stock&storage=session&tab=stock-session-2&asleep=1',
    '?mode=solotab&storage=session',
  ])('%s reads as it is written', (query) => {
    const place = readPlace(query)
    expect(place && queryOf(place)).toBe(query)
  })

  test('a tab that is no number is none', () => {
    expect(readPlace('?mode=stock&tab=stock-x')?.tab).toBeNull()
    expect(readPlace('?mode=stock&tab=stock-0')?.tab).toBeNull()
  })

  test('a name belongs to one ring only', () => {
    expect(tabNumber('stock', 'stock-3')).toBe(3)
    expect(tabNumber('stock', 'stock-session-3')).toBeNull()
    expect(tabNumber('stock-session', 'stock-session-3')).toBe(3)
    expect(tabNumber('stock', null)).toBeNull()
  })
})
