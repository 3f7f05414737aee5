import type { GrantEntry } from '@solotab/auth-server'
import { expect, test } from 'vitest'
import { countGrants, describeGrant, type Grant, grantOf, grantSeen } from './grant.ts'

const entry: GrantEntry = {
  id: 1,
  atMs: 0,
  grantType: 'refresh_token',
  sessionId: null,
  outcome: 'refused',
  code: 'refresh_token_already_used',
  httpStatus: 400,
  reuse: true,
  answerLost: false,
  fault: null,
  tab: 'stock-1',
  userAgent: null,
}
const grant: Grant = {
  id: 1,
  pane: 'stock-1',
  outcome: 'rotated',
  code: null,
  reuse: false,
  answerLost: false,
}

test('a refresh is a grant of the lab, a sign-in is not', () => {
  expect(grantOf(entry)).toMatchObject({ pane: 'stock-1', outcome: 'refused' })
  expect(grantOf({ ...entry, grantType: 'password', outcome: 'issued' })).toBeNull()
})

test.each([
  [grant, 'rotated'],
  [{ ...grant, reuse: true }, 'rotated, for a used token'],
  [{ ...grant, answerLost: true }, 'rotated, answer lost'],
  [{ ...grant, outcome: 'answered-again' }, 'used token answered again'],
  [{ ...grant, outcome: 'refused', code: 'user_banned' }, 'refused: user_banned'],
  [{ ...grant, outcome: 'rate-limited' }, 'rate limited: 429'],
  [{ ...grant, outcome: 'failed' }, 'failed'],
] satisfies [Grant, string][])('%j reads "%s"', (each, text) => expect(describeGrant(each)).toBe(text))

test.each([
  [200, 'rotated'],
  [400, 'refused'],
  [429, 'rate-limited'],
  [503, 'failed'],
  [null, 'failed'],
])('an answer %s, seen by a pane, is %s', (status, outcome) =>
  expect(grantSeen(1, 'stock-1', status).outcome).toBe(outcome),
)

test('refusals and 429s are counted among the grants', () => {
  const grants = (['rotated', 'refused', 'rate-limited', 'refused'] as const).map((outcome) => ({
    ...grant,
    outcome,
  }))
  expect(countGrants(grants)).toEqual({ grants: 4, refused: 2, rateLimited: 1 })
})
