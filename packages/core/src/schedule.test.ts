import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultValidityMs, followerRefreshAtMs, leaderRefreshAtMs, nextFailure } from './schedule.ts'
import { failureOf, heldOf, NOW_MS } from './testing/states.ts'

const HOUR_MS = 60 * 60 * 1000
const lifeOf = (lifetimeMs: number) => heldOf(1, { grantedAtMs: NOW_MS, lifetimeMs })
const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const lifetimes = fc.integer({ min: 0, max: 30 * 24 * HOUR_MS })

describe('when tokens are rotated', () => {
  test("the leader is before auth-js's own margin of 90 s", () => {
    expect(leaderRefreshAtMs(lifeOf(HOUR_MS), 0) - NOW_MS).toBeLessThanOrEqual(HOUR_MS - 120_000)
    expect(leaderRefreshAtMs(lifeOf(HOUR_MS), 0.999) - NOW_MS).toBeGreaterThan(HOUR_MS - 151_000)
  })

  test('a short-lived token is used for most of its life', () => {
    const atMs = leaderRefreshAtMs(lifeOf(8000), 0.5) - NOW_MS
    expect(atMs).toBeGreaterThan(6000)
    expect(atMs).toBeLessThan(7000)
  })

  test('the leader is always before the followers, and both before the expiry', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 30 * 24 * HOUR_MS }),
        fractions,
        fractions,
        (lifetimeMs, a, b) => {
          const held = lifeOf(lifetimeMs)
          const [led, followed] = [leaderRefreshAtMs(held, a), followerRefreshAtMs(held, b)]
          return led <= followed && followed < NOW_MS + lifetimeMs
        },
      ),
    )
  })

  test('no lifetime makes the schedule rotate more often than once a second', () => {
    fc.assert(
      fc.property(
        lifetimes,
        fractions,
        (lifetimeMs, random) => leaderRefreshAtMs(lifeOf(lifetimeMs), random) >= NOW_MS + 1000,
      ),
    )
  })

  test('a token that has expired on arrival makes it rotate once a minute', () => {
    expect(leaderRefreshAtMs(lifeOf(0), 0.5)).toBe(NOW_MS + 60_000)
  })
})

test('the default validity is 30 s, or a tenth of a shorter life', () => {
  expect(defaultValidityMs(lifeOf(HOUR_MS))).toBe(30_000)
  expect(defaultValidityMs(lifeOf(60_000))).toBe(6000)
})

describe('the next attempt after a failure', () => {
  test('I9: backs off, with full jitter, up to a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fractions, (attempts, random) => {
        const { nextAttemptMs } = nextFailure(failureOf({ attempts }), 'x', null, NOW_MS, random)
        const capMs = Math.min(60_000, 1000 * 2 ** attempts)
        return nextAttemptMs >= NOW_MS && nextAttemptMs <= NOW_MS + capMs
      }),
    )
  })

  test('counts the attempts of all tabs since the first', () => {
    const first = nextFailure(null, 'a', null, NOW_MS, 0)
    expect(first).toMatchObject({ sinceMs: NOW_MS, attempts: 1, lastAttemptMs: NOW_MS, code: 'a' })
    const second = nextFailure(first, 'b', null, NOW_MS + 500, 0)
    expect(second).toMatchObject({ sinceMs: NOW_MS, attempts: 2, lastAttemptMs: NOW_MS + 500, code: 'b' })
  })

  test('is not before Retry-After', () => {
    const failure = nextFailure(null, '429', 90_000, NOW_MS, 0)
    expect(failure).toMatchObject({ notBeforeMs: NOW_MS + 90_000, nextAttemptMs: NOW_MS + 90_000 })
  })

  test('is after an hour at the latest, whatever Retry-After says', () => {
    const failure = nextFailure(null, '429', 1e15, NOW_MS, 0)
    expect(failure).toMatchObject({ notBeforeMs: NOW_MS + 3_600_000, nextAttemptMs: NOW_MS + 3_600_000 })
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null])(
    'takes a Retry-After of %s for none',
    (retryAfterMs) => {
      const failure = nextFailure(null, '503', retryAfterMs, NOW_MS, 0.5)
      expect(failure).toMatchObject({ notBeforeMs: 0, nextAttemptMs: NOW_MS + 500 })
    },
  )
})
