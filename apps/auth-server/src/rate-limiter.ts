import type { RateLimit } from './options.ts'

interface Bucket {
  readonly tokens: number
  readonly atMs: number
}

/** A token bucket per key. Reads no clock: the time comes with each request. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()

  /** Takes one token. @returns False if the bucket is empty: the request must be refused. */
  allows(key: string, limit: RateLimit | null, nowMs: number): boolean {
    if (limit === null) return true
    const bucket = this.#buckets.get(key) ?? { tokens: limit.burst, atMs: nowMs }
    const refilled = bucket.tokens + ((nowMs - bucket.atMs) / 1000) * limit.perSecond
    const tokens = Math.min(limit.burst, refilled)
    const allowed = tokens >= 1
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, atMs: nowMs })
    return allowed
  }

  /** Fills every bucket again. */
  clear(): void {
    this.#buckets.clear()
  }
}
