import type { Evidence } from './evidence.ts'
import type { Trouble } from './journal.ts'
import { troublesWith } from './troubles.ts'

/** A time in which a page that ran had no valid access token, although its user was signed in. */
export interface Gap {
  readonly load: string
  readonly fromMs: number
  readonly ms: number
  /** What was wrong shortly before it and during it; empty: nothing, and the server could be reached. */
  readonly troubles: readonly string[]
}

/** Troubles in which a page does not run, and needs no token. */
const ASLEEP: readonly Trouble[] = ['frozen', 'away']
/** How far back a failure may lie for which the tabs still wait. */
const BACKOFF_MS = 60 * 1000 // 1 minute

/** All such times, the longest first. */
export function gapsOf({ journal, grants }: Evidence): readonly Gap[] {
  const gaps = journal.of('token-back').flatMap(({ load, atMs, sinceMs }) => {
    const awakeMs = journal.spells
      .filter((spell) => spell.load === load && ASLEEP.includes(spell.trouble) && spell.fromMs < atMs)
      .map(({ toMs }) => Math.min(toMs, atMs))
    const signedInMs = journal.signIns.findLast(({ fromMs }) => fromMs <= atMs)?.fromMs ?? atMs
    const fromMs = Math.max(sinceMs, signedInMs, ...awakeMs)
    if (atMs <= fromMs) return []
    const rotated = grants.findLast((grant) => grant.httpStatus === 200 && grant.atMs <= atMs)
    const failures = grants.filter(
      ({ fault, atMs: failedMs }) =>
        fault !== null && failedMs > fromMs - BACKOFF_MS && failedMs <= (rotated?.atMs ?? atMs),
    )
    const faults = failures.map(
      ({ fault, httpStatus }) => `${fault}${fault === 'status' ? ` ${httpStatus}` : ''}`,
    )
    const troubles = [...troublesWith(journal, load, fromMs, atMs), ...new Set(faults)]
    return [{ load, fromMs, ms: atMs - fromMs, troubles }]
  })
  return gaps.sort((one, other) => other.ms - one.ms)
}
