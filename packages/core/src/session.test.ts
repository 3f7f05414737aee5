import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SessionError } from './errors.ts'
import { lifetimeOf, presented, remainingMs } from './session.ts'
import { heldOf, NOW_MS } from './testing/states.ts'

const tokens = { access_token: 'a', refresh_token: 'r' }

describe('lifetimeOf', () => {
  test('counts expires_in from the answer, less the second that a JWT may be cut by', () => {
    expect(lifetimeOf({ ...tokens, expires_in: 3600 }, NOW_MS)).toBe(3_599_000)
  })

  test("prefers expires_in to expires_at, which goes by the server's clock", () => {
    expect(lifetimeOf({ ...tokens, expires_in: 60, expires_at: 1 }, NOW_MS)).toBe(59_000)
  })

  test('uses expires_at where there is nothing else', () => {
    expect(lifetimeOf({ ...tokens, expires_at: NOW_MS / 1000 + 60 }, NOW_MS)).toBe(59_000)
  })

  test('is never negative', () => {
    expect(lifetimeOf({ ...tokens, expires_at: 1 }, NOW_MS)).toBe(0)
    expect(lifetimeOf({ ...tokens, expires_in: -5 }, NOW_MS)).toBe(0)
  })

  test('accepts or rejects anything with a code, and what it accepts is finite', () => {
    fc.assert(
      fc.property(fc.anything(), (garbage) => {
        try {
          const lifetimeMs = lifetimeOf(garbage as never, NOW_MS)
          return Number.isFinite(lifetimeMs) && lifetimeMs >= 0
        } catch (error) {
          return error instanceof SessionError && /^(session|expiry)_invalid$/.test(error.code)
        }
      }),
    )
  })

  test('I7: what it says of a bad session holds nothing of it', () => {
    const bad = { access_token: 'private', refresh_token: 'private' }
    expect(() => lifetimeOf(bad, NOW_MS)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('private') }),
    )
  })
})

describe('remainingMs', () => {
  const held = heldOf(1, { grantedAtMs: NOW_MS, lifetimeMs: 60_000 })

  test('goes down to nothing', () => {
    expect(remainingMs(held, NOW_MS)).toBe(60_000)
    expect(remainingMs(held, NOW_MS + 20_000)).toBe(40_000)
    expect(remainingMs(held, NOW_MS + 90_000)).toBe(0)
  })

  test('is nothing if the clock was put back far, since the age is not known then', () => {
    expect(remainingMs(held, NOW_MS - 5001)).toBe(0)
  })

  test('is not more than the lifetime if the clock was put back a little', () => {
    expect(remainingMs(held, NOW_MS - 4000)).toBe(60_000)
  })
})

test("presented: the handle, and an expiry by this browser's clock", () => {
  const held = heldOf(1, {
    tokens: { access_token: 'a', refresh_token: 'real', expires_at: 5, expires_in: 6 },
    grantedAtMs: NOW_MS,
    lifetimeMs: 59_000,
  })
  expect(presented(held, false).tokens).toEqual({
    access_token: 'a',
    refresh_token: 'handle',
    expires_in: 60,
    expires_at: NOW_MS / 1000 + 60,
  })
  expect(presented(held, true).tokens.refresh_token).toBe('real')
})
