import { expect, test } from 'vitest'
import { ageText } from './age.ts'

const SECOND_MS = 1000
const HOUR_MS = 60 * 60 * SECOND_MS

test.each([
  [-5, '0 s'],
  [12.9 * SECOND_MS, '12 s'],
  [61 * SECOND_MS, '1 min'],
  [HOUR_MS, '1 h'],
  [47 * HOUR_MS, '47 h'],
  [72 * HOUR_MS, '3 days'],
])('%d ms is %s', (ms, text) => expect(ageText(ms)).toBe(text))
