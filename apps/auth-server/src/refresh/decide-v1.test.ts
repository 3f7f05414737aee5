import { describe, expect, it } from 'vitest'
import { type DecisionV1, decideV1, type RefreshTokenRow } from './decide-v1.ts'

const INTERVAL_MS = 10_000
const REVOKED_AT_MS = 1_000_000

const row = (token: string, parent: string | null, revoked: boolean): RefreshTokenRow => ({
  id: 0,
  token,
  sessionId: 'session',
  parent,
  revoked,
  updatedAtMs: REVOKED_AT_MS,
})

const first = row('first', null, true)
const second = row('second', 'first', true)
const third = row('third', 'second', false)
const rows = [first, second, third]

const ALREADY_USED: DecisionV1 = { kind: 'refuse' }
const ACTIVE: DecisionV1 = { kind: 'answer-again', token: 'third' }
const NEW_CHILD: DecisionV1 = { kind: 'rotate', reuse: true }

interface Row {
  readonly state: string
  readonly presented: RefreshTokenRow
  readonly rows?: RefreshTokenRow[]
  readonly afterMs: number
  readonly usual: DecisionV1
  readonly strict: DecisionV1
}

const TABLE: Row[] = [
  {
    state: 'not revoked',
    presented: third,
    afterMs: 0,
    usual: { kind: 'rotate', reuse: false },
    strict: { kind: 'rotate', reuse: false },
  },
  {
    state: 'not revoked, after any time',
    presented: third,
    afterMs: 10 ** 12,
    usual: { kind: 'rotate', reuse: false },
    strict: { kind: 'rotate', reuse: false },
  },
  {
    state: 'parent of the active token, at once',
    presented: second,
    afterMs: 0,
    usual: ACTIVE,
    strict: NEW_CHILD,
  },
  {
    state: 'parent of the active token, after any time',
    presented: second,
    afterMs: 10 ** 12,
    usual: ACTIVE,
    strict: ALREADY_USED,
  },
  {
    state: 'older, at the last instant of the interval',
    presented: first,
    afterMs: INTERVAL_MS,
    usual: NEW_CHILD,
    strict: NEW_CHILD,
  },
  {
    state: 'older, just after the interval',
    presented: first,
    afterMs: INTERVAL_MS + 1,
    usual: ALREADY_USED,
    strict: ALREADY_USED,
  },
  {
    state: 'revoked, with no active token left',
    presented: second,
    rows: [first, second],
    afterMs: INTERVAL_MS + 1,
    usual: ALREADY_USED,
    strict: ALREADY_USED,
  },
  {
    state: 'parent of an unrevoked token that is not the newest',
    presented: first,
    rows: [first, row('second', 'first', false), row('third', 'second', false)],
    afterMs: INTERVAL_MS + 1,
    usual: ALREADY_USED,
    strict: ALREADY_USED,
  },
]

describe('the v1 table', () => {
  it.each(TABLE)('a token that is $state', (given) => {
    const input = {
      presented: given.presented,
      rows: given.rows ?? rows,
      nowMs: REVOKED_AT_MS + given.afterMs,
      reuseIntervalMs: INTERVAL_MS,
    }
    expect(decideV1({ ...input, parentRule: true })).toEqual(given.usual)
    expect(decideV1({ ...input, parentRule: false })).toEqual(given.strict)
  })
})
