import { number, pick, text } from '../message.ts'
import { CLOCK_TOLERANCE_MS } from '../session.ts'

/** The last activity of any tab, as it is stored for the tabs to come. */
export interface LastActivity {
  readonly atMs: number
  /** The handle of the session that it belongs to: what was before a sign-in says nothing about whoever signed in. */
  readonly session: string
}

/** Reads what the store holds, or null. */
export const parseLastActivity = (raw: unknown): LastActivity | null =>
  pick<LastActivity>(raw, { atMs: number, session: text })

/** A time plainly ahead was noted before the clock was put back: how long ago it was is unknown, so it counts as now. */
export const notAhead = (atMs: number, nowMs: number): number =>
  atMs > nowMs + CLOCK_TOLERANCE_MS ? nowMs : atMs

/** The later of what is stored and what is to be; what belongs to another session, or lies ahead, does not count. */
export const laterOf = (raw: unknown, activity: LastActivity, nowMs: number): LastActivity => {
  const stored = parseLastActivity(raw)
  return stored &&
    stored.session === activity.session &&
    stored.atMs >= activity.atMs &&
    notAhead(stored.atMs, nowMs) === stored.atMs
    ? stored
    : activity
}
