import { expect, it } from 'vitest'
import { RateLimiter } from './rate-limiter.ts'

const LIMIT = { perSecond: 0.5, burst: 3 }
const burst = (limiter: RateLimiter, nowMs: number) =>
  Array.from({ length: 4 }, () => limiter.allows('a', LIMIT, nowMs))

it('allows the burst, then refuses', () => {
  expect(burst(new RateLimiter(), 0)).toEqual([true, true, true, false])
})

it('refills at its rate, up to the burst', () => {
  const limiter = new RateLimiter()
  burst(limiter, 0)
  expect(limiter.allows('a', LIMIT, 1_999)).toBe(false)
  expect(limiter.allows('a', LIMIT, 2_000)).toBe(true)
  expect(burst(limiter, 10 ** 9)).toEqual([true, true, true, false])
})

it('has a bucket for each key, and none without a limit', () => {
  const limiter = new RateLimiter()
  burst(limiter, 0)
  expect(limiter.allows('b', LIMIT, 0)).toBe(true)
  expect(limiter.allows('a', null, 0)).toBe(true)
})
