import { expect, test } from 'vitest'
import { windowOf } from './window.ts'

test('time runs from the left, then the window follows it', () => {
  expect(windowOf(0, true)).toEqual([0, 10_000])
  expect(windowOf(9000, true)).toEqual([0, 10_000])
  expect(windowOf(20_000, true)).toEqual([10_800, 20_800])
})

test('a run that has ended is shown whole', () => {
  expect(windowOf(20_000, false)).toEqual([0, 20_000])
  expect(windowOf(100, false)).toEqual([0, 3000])
})
