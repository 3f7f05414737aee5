import type { Failure } from './record.ts'
import type { HeldSession } from './session.ts'

/** auth-js starts refreshing by itself 90 s before expiry; the leader is earlier. */
const MAX_LEAD_MS = 2 * 60 * 1000 // 2 minutes
/** Short-lived tokens: this part of their life. */
const LEAD_SHARE = 0.15
const JITTER_SHARE = 0.25
/** Whatever the provider says of lifetimes, the schedule alone never rotates more often. */
const MIN_INTERVAL_MS = 1000
/** A token that has expired on arrival tells of a wrong clock, not of a need. */
const EXPIRED_INTERVAL_MS = 60 * 1000 // 1 minute
const BACKOFF_BASE_MS = 1000
const BACKOFF_CAP_MS = 60 * 1000 // 1 minute
/** A server that says more is wrong, and must not switch refreshing off. */
const RETRY_AFTER_CAP_MS = 60 * 60 * 1000 // 1 hour

const leadMs = (session: HeldSession): number => Math.min(MAX_LEAD_MS, session.lifetimeMs * LEAD_SHARE)

const before = (session: HeldSession, leadMs: number, random: number): number =>
  session.grantedAtMs +
  Math.max(
    session.lifetimeMs > 0 ? MIN_INTERVAL_MS : EXPIRED_INTERVAL_MS,
    session.lifetimeMs - leadMs * (1 + random * JITTER_SHARE),
  )

/** When the leader rotates, counted from when the token was granted; `random` is in [0, 1). */
export const leaderRefreshAtMs = (session: HeldSession, random: number): number =>
  before(session, leadMs(session), random)

/** When a visible follower begins to doubt the leader. */
export const followerRefreshAtMs = (session: HeldSession, random: number): number =>
  before(session, leadMs(session) / 2, random)

/** Default of `minValidityMs`: 30 s, or for short-lived tokens a tenth of their life. */
export const defaultValidityMs = (session: HeldSession): number =>
  Math.min(30 * 1000, session.lifetimeMs / 10)

/** The failure that follows on `previous`: exponential backoff with full jitter, `Retry-After` respected. */
export const nextFailure = (
  previous: Failure | null,
  code: string,
  retryAfterMs: number | null,
  nowMs: number,
  random: number,
): Failure => {
  const attempts = (previous?.attempts ?? 0) + 1
  const backoffMs = random * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** (attempts - 1))
  // A provider's wrapper may compute nonsense, such as NaN of a Retry-After that is a date.
  const isWait = retryAfterMs && Number.isFinite(retryAfterMs)
  const notBeforeMs = isWait ? nowMs + Math.min(retryAfterMs, RETRY_AFTER_CAP_MS) : 0
  return {
    sinceMs: previous?.sinceMs ?? nowMs,
    attempts,
    lastAttemptMs: nowMs,
    nextAttemptMs: Math.max(notBeforeMs, nowMs + backoffMs),
    notBeforeMs,
    code,
  }
}
