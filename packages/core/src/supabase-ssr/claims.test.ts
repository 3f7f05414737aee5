import { describe, expect, test } from 'vitest'
import { claimsOf, isNewer } from './claims.ts'

const jwt = (claims: unknown) => `e30.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.signature`

describe('the claims of an access token', () => {
  test('are read', () => {
    expect(claimsOf(jwt({ iat: 7, session_id: 'a' }))).toEqual({ iat: 7, session_id: 'a' })
  })

  test.each(['', 'opaque', 'a.b.c', jwt(null)])('are none if it is no JWT', (token) => {
    expect(claimsOf(token)).toEqual({})
  })
})

test.each([
  ['issued later', { session_id: 'a', iat: 2 }, { session_id: 'a', iat: 1 }, true],
  ['issued at the same time', { session_id: 'a', iat: 1 }, { session_id: 'a', iat: 1 }, false],
  ['issued earlier', { session_id: 'a', iat: 1 }, { session_id: 'a', iat: 2 }, false],
  ['of another sign-in', { session_id: 'b', iat: 1 }, { session_id: 'a', iat: 2 }, true],
  ['without claims', {}, {}, false],
])('an access token %s is news or not', (_, one, other, expected) => {
  expect(isNewer(jwt(one), jwt(other))).toBe(expected)
})
