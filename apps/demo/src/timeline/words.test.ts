import { expect, test } from 'vitest'
import { rowsFor } from './words.ts'

const at = (...xs: number[]) => xs.map((x) => ({ x, text: '+1 h' })) // 33 pixels wide

test('words stand beside their line where the next one leaves room', () => {
  expect(rowsFor(at(0, 33, 100))).toEqual([0, 0, 0])
})

test('words without room stand one row higher', () => {
  expect(rowsFor(at(0, 40, 60, 100))).toEqual([0, 1, 0, 0])
})

test('two that would meet there are not both shown', () => {
  expect(rowsFor(at(0, 10, 20, 33, 60))).toEqual([1, null, null, 1, 0])
})
