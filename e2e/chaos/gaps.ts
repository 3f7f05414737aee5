import type { Evidence } from './evidence.ts'
import type { Journal, Trouble } from './journal.ts'
import { signOutsOf } from './sign-outs.ts'
import { SLACK_MS, troublesWith } from './troubles.ts'

/** A time in which a page that ran had no valid access token, although its user was signed in. */
export interface Gap {
  readonly load: string
  readonly fromMs: number
  readonly ms: number
  /** What was wrong shortly before it and during it; empty: nothing, and the server could be reached. */
  readonly troubles: readonly string[]
  /** The page got no token any more, until it ended or the run did. */
  readonly isOpen: boolean
}

interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** Troubles in which a page does not run, and needs no token. */
const ASLEEP: readonly Trouble[] = ['frozen', 'away']
/** Troubles with which a page load is over. */
const OVER: readonly Trouble[] = ['closed', 'crashed', 'reloaded']
/** How far back a failure may lie for which the tabs still wait. */
const BACKOFF_MS = 60 * 1000 // 1 minute

/** All such times, the longest first. */
export function gapsOf(evidence: Evidence): readonly Gap[] {
  const { journal } = evidence
  const backs = journal.of('token-back')
  const ended = backs.map(({ load, sinceMs, atMs }) => ({ load, fromMs: sinceMs, toMs: atMs, isOpen: false }))
  const open = journal
    .of('token-gone')
    .filter(({ load, sinceMs }) => !backs.some((back) => back.load === load && back.sinceMs === sinceMs))
    .map(({ load, sinceMs }) => ({ load, fromMs: sinceMs, toMs: endOf(evidence, load), isOpen: true }))
  const sessions = sessionsOf(evidence)
  const gaps = [...ended, ...open].flatMap(({ load, isOpen, ...whole }) => {
    const asleep = journal.spells.filter((spell) => spell.load === load && ASLEEP.includes(spell.trouble))
    const awake = asleep.reduce<readonly Stretch[]>(
      (parts, spell) => parts.flatMap((part) => without(part, spell)),
      sessions.map((session) => common(whole, session)).filter(isSome),
    )
    return awake.map((part) => {
      const isAnswered = !isOpen && part.toMs === whole.toMs
      const troubles = [...troublesIn(journal, load, part), ...faultsIn(evidence, part, isAnswered)]
      return { load, fromMs: part.fromMs, ms: part.toMs - part.fromMs, troubles, isOpen }
    })
  })
  return gaps.sort((one, other) => other.ms - one.ms)
}

/** When a page load was over, or else the run. */
function endOf({ journal, endedMs }: Evidence, load: string): number {
  const { facts, spells } = journal
  const lastMs = Math.max(...facts.flatMap((fact) => (fact.load === load ? [fact.atMs] : [])))
  const ends = spells.flatMap(({ trouble, ...spell }) => {
    if (spell.load !== load) return []
    // One that never told anything again has not come back: it was loaded anew.
    const isOver = OVER.includes(trouble) || (trouble === 'away' && lastMs <= spell.fromMs + SLACK_MS)
    return isOver ? [spell.fromMs] : []
  })
  return Math.min(endedMs, ...ends)
}

/** The times in which there was a session: from each sign-in of the harness, until the server ended it if it did. */
function sessionsOf(evidence: Evidence): readonly Stretch[] {
  const { ended } = signOutsOf(evidence)
  return evidence.journal.signIns.map(({ session, fromMs }) => ({
    fromMs,
    toMs: ended.find((end) => end.session === session)?.atMs ?? Number.POSITIVE_INFINITY,
  }))
}

const isSome = ({ fromMs, toMs }: Stretch) => toMs > fromMs

const common = (one: Stretch, other: Stretch): Stretch => ({
  fromMs: Math.max(one.fromMs, other.fromMs),
  toMs: Math.min(one.toMs, other.toMs),
})

/** What is left of `one` before and after `other`. */
const without = (one: Stretch, other: Stretch): readonly Stretch[] =>
  [
    { fromMs: one.fromMs, toMs: Math.min(one.toMs, other.fromMs) },
    { fromMs: Math.max(one.fromMs, other.toMs), toMs: one.toMs },
  ].filter(isSome)

/** What a gap ended with was not wrong in it. */
function troublesIn({ spells }: Journal, load: string, { fromMs, toMs }: Stretch): readonly Trouble[] {
  return troublesWith({ spells: spells.filter((spell) => spell.fromMs !== toMs) }, load, fromMs, toMs)
}

/** The faults that hit the grants until the one that ended the gap, if one did. */
function faultsIn({ grants }: Evidence, { fromMs, toMs }: Stretch, isAnswered: boolean): readonly string[] {
  const rotated = grants.findLast((grant) => grant.httpStatus === 200 && grant.atMs <= toMs)
  const untilMs = (isAnswered ? rotated?.atMs : undefined) ?? toMs
  const failures = grants.filter(
    ({ fault, atMs }) => fault !== null && atMs > fromMs - BACKOFF_MS && atMs <= untilMs,
  )
  const faults = failures.map(
    ({ fault, httpStatus }) => `${fault}${fault === 'status' ? ` ${httpStatus}` : ''}`,
  )
  return [...new Set(faults)]
}
