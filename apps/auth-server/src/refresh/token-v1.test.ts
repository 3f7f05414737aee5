import { expect, it } from 'vitest'
import { generateTokenV1, isTokenV1 } from './token-v1.ts'

it('issues 12 characters of a-z and 2-7, different each time', () => {
  const tokens = Array.from({ length: 200 }, generateTokenV1)
  expect(tokens.every((token) => /^[a-z2-7]{12}$/.test(token))).toBe(true)
  expect(new Set(tokens).size).toBe(200)
})

it('takes any 12 lower case letters and digits for a v1 token', () => {
  expect(isTokenV1('abcdefghi018')).toBe(true)
  expect(isTokenV1('ABCDEFGHI018')).toBe(false)
  expect(isTokenV1('abcdefghi01')).toBe(false)
})
