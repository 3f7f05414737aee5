import { expect, test } from 'vitest'
import { moveClock } from './move-clock.ts'

const HOUR_MS = 60 * 60 * 1000

test('now is ahead, and every other date is what it was', () => {
  const page = { Date }
  const clock = { aheadMs: 0 }
  moveClock(clock, page)
  const before = page.Date.now()
  clock.aheadMs = HOUR_MS
  expect(page.Date.now() - before).toBeGreaterThanOrEqual(HOUR_MS)
  expect(new page.Date().getTime() - before).toBeGreaterThanOrEqual(HOUR_MS)
  expect(new page.Date(5).getTime()).toBe(5)
  expect(new page.Date() instanceof Date).toBe(true)
  expect(page.Date.UTC(1970, 0)).toBe(0)
})
