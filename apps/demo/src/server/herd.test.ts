import type { GrantEntry } from '@solotab/auth-server'
import { describe, expect, test } from 'vitest'
import { applyGrantEvent, countGrants } from './grants.ts'
import { describeExpiry, type Expiry } from './herd.ts'

const grant = (id: number, changes: Partial<GrantEntry> = {}): GrantEntry => ({
  id,
  atMs: 1000 + id,
  grantType: 'refresh_token',
  sessionId: 'session',
  outcome: 'rotated',
  code: null,
  httpStatus: 200,
  reuse: false,
  answerLost: false,
  fault: null,
  tab: `stock-${id}`,
  userAgent: null,
  ...changes,
})

const expiry: Expiry = { atMs: 1000, afterId: 1, tabs: 3 }

describe('what one expiry came to', () => {
  test('nothing is said before the first grant', () => {
    expect(describeExpiry(expiry, [grant(1)])).toBeNull()
  })

  test('one rotation is fine', () => {
    expect(describeExpiry(expiry, [grant(1), grant(2)])).toEqual({
      tone: 'good',
      text: '1 grant reached the server for one expiry, with 3 open tabs: 1 rotated.',
    })
  })

  test('a herd is counted by outcome', () => {
    const grants = [
      grant(2),
      grant(3, { outcome: 'answered-again' }),
      grant(4, { outcome: 'rate-limited' }),
      grant(5, { grantType: 'password', outcome: 'issued' }),
    ]
    expect(describeExpiry(expiry, grants)).toEqual({
      tone: 'bad',
      text: '3 grants reached the server for one expiry, with 3 open tabs: 1 rotated, 1 answered again, 1 rate limited (429).',
    })
  })

  test('a later grant has another cause', () => {
    expect(describeExpiry(expiry, [grant(2, { atMs: 7000 })])).toBeNull()
  })
})

describe('the list of grants', () => {
  test('a snapshot replaces it, a grant is added, an update replaces one', () => {
    const list = applyGrantEvent([grant(9)], { type: 'snapshot', grants: [grant(1)] })
    const longer = applyGrantEvent(list, { type: 'grant', grant: grant(2) })
    const updated = applyGrantEvent(longer, { type: 'grant-updated', grant: grant(1, { answerLost: true }) })
    expect(updated).toEqual([grant(1, { answerLost: true }), grant(2)])
  })

  test('sign-ins are not counted', () => {
    const grants = [
      grant(1, { grantType: 'password', outcome: 'refused' }),
      grant(2),
      grant(3, { outcome: 'refused' }),
      grant(4, { outcome: 'rate-limited' }),
    ]
    expect(countGrants(grants)).toEqual({ refreshes: 3, refused: 1, rateLimited: 1 })
  })
})
