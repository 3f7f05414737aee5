import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideV1 } from '../../../../apps/auth-server/src/refresh/decide-v1.ts'
import { decideV2 } from '../../../../apps/auth-server/src/refresh/decide-v2.ts'
import { decide, type Verdict } from './model-decision.ts'

const NOW_MS = 1_000_000

const agoArbitrary = fc.oneof(fc.constantFrom(0, 9_999, 10_000, 10_001), fc.nat(30_000))
const rules = { reuseIntervalMs: fc.constantFrom(0, 10_000), parentRule: fc.boolean() }

test('judges a version 1 token as the server of the demo does', () => {
  const row = fc.record({ revoked: fc.boolean(), agoMs: agoArbitrary, parent: fc.nat(5) })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), fc.nat(), fc.record(rules), (rows, which, given) => {
      const table = rows.map(({ revoked, agoMs, parent }, id) => {
        return {
          id,
          token: `${id}`,
          sessionId: '1',
          parent: `${parent}`,
          revoked,
          updatedAtMs: NOW_MS - agoMs,
        }
      })
      const presented = table[which % table.length]
      if (!presented) throw new Error('There is no such token.')
      const theirs = decideV1({ presented, rows: table, nowMs: NOW_MS, ...given })
      const verdict: Verdict =
        theirs.kind === 'refuse'
          ? 'reuse'
          : theirs.kind === 'answer-again'
            ? 'parent'
            : theirs.reuse
              ? 'interval'
              : 'rotated'
      const tokens = table.map((each) => ({ ...each, value: each.token }))
      const ours = decide({ id: '1', tokens, refreshedAtMs: 0 }, presented.token, NOW_MS, {
        version: 1,
        ...given,
      })
      expect(ours).toBe(verdict)
    }),
  )
})

test('judges a version 2 token as the server of the demo does', () => {
  fc.assert(
    fc.property(fc.nat(6), fc.nat(6), agoArbitrary, fc.record(rules), (newest, counter, agoMs, given) => {
      fc.pre(counter <= newest)
      const theirs = decideV2({
        sessionCounter: newest,
        tokenCounter: counter,
        lastRefreshedAtMs: NOW_MS - agoMs,
        nowMs: NOW_MS,
        ...given,
      })
      const tokens = Array.from({ length: newest + 1 }, (_, n) => {
        return { value: `${n}`, parent: null, revoked: n < newest, updatedAtMs: 0 }
      })
      const session = { id: '1', tokens, refreshedAtMs: NOW_MS - agoMs }
      const ours = decide(session, `${counter}`, NOW_MS, { version: 2, ...given })
      const kinds = {
        rotated: 'rotate',
        parent: 'answer-again',
        interval: 'answer-again',
        reuse: 'refuse',
        unknown: '',
      }
      expect(kinds[ours]).toBe(theirs.kind)
    }),
  )
})
