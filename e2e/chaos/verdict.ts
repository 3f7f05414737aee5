import { type Effects, effectsOf } from './effects.ts'
import type { Evidence } from './evidence.ts'
import { type Gap, gapsOf } from './gaps.ts'
import type { Journal } from './journal.ts'
import { type Refusal, refusalsOf } from './refusals.ts'
import { type Reuse, reusesOf } from './reuses.ts'
import { type SignOut, type SignOuts, signOutsOf } from './sign-outs.ts'

/** The figures of one run, and which bars it broke. */
export interface Verdict {
  readonly algorithm: string
  readonly mode: string
  readonly seconds: number
  readonly pages: number
  /** Refresh token grants that reached the server. */
  readonly grants: number
  readonly rotations: number
  /** Grants that an injected fault hit. */
  readonly faults: number
  readonly reuses: readonly Reuse[]
  readonly falseSignOuts: readonly SignOut[]
  /** Sessions that the server ended over a reuse after a lost answer. */
  readonly sessionsEnded: number
  readonly queries: number
  /** Queries that came to nothing since there was no valid token to send. */
  readonly queriesWithoutToken: number
  /** Queries that the app got back refused for an expired token. */
  readonly queriesRefused: number
  readonly refusals: readonly Refusal[]
  readonly longestGap: Gap | null
  /** The longest without any fault, outage or trouble of the page to explain it. */
  readonly longestCalmGap: Gap | null
  readonly inStep: boolean | null
  readonly mishaps: readonly string[]
  readonly actions: Readonly<Record<string, number>>
  /** What pages told of it. */
  readonly effects: Effects
  /** What may not happen, whatever the chaos, and whether it did not. */
  readonly bars: readonly Bar[]
}

/** One of the bars. */
interface Bar {
  readonly name: string
  readonly held: boolean
}

/** Works out the figures of a run, and judges it by the bars. */
export function judge(evidence: Evidence): Verdict {
  const { journal, grants, inStep, algorithm, mode, seconds } = evidence
  const reuses = reusesOf(evidence)
  const refusals = refusalsOf(evidence)
  const gaps = gapsOf(evidence)
  const signOuts = signOutsOf(evidence)
  const queries = journal
    .of('query-ended')
    .filter(({ askedMs, atMs }) => isSignedIn(journal, signOuts, askedMs, atMs))
  const outcomes = (wanted: string) => queries.filter(({ outcome }) => outcome === wanted).length
  const rotations = grants.filter(({ outcome }) => outcome === 'rotated').length
  const bars: readonly Bar[] = [
    { name: 'no false sign-out', held: signOuts.false.length === 0 },
    { name: 'no reuse except after a lost answer', held: reuses.every(({ cause }) => cause !== null) },
    { name: 'no query sent with an expired token', held: refusals.every(({ cause }) => cause !== null) },
    { name: 'no query that failed for an expired token', held: outcomes('expired') === 0 },
    { name: 'all tabs in step at the end', held: inStep !== false },
    // A run in which nothing happens proves nothing.
    { name: 'there were rotations and queries', held: rotations > 0 && queries.length > 0 },
  ]
  return {
    algorithm,
    mode,
    seconds,
    pages: new Set(journal.facts.map(({ load }) => load)).size,
    grants: grants.length,
    rotations,
    faults: grants.filter(({ fault }) => fault !== null).length,
    reuses,
    falseSignOuts: signOuts.false,
    sessionsEnded: signOuts.ended.length,
    queries: queries.length,
    queriesWithoutToken: outcomes('no-token'),
    queriesRefused: outcomes('expired'),
    refusals,
    longestGap: gaps[0] ?? null,
    longestCalmGap: gaps.find(({ troubles }) => troubles.length === 0) ?? null,
    inStep,
    mishaps: journal.mishaps,
    actions: journal.actions,
    effects: effectsOf(evidence),
    bars,
  }
}

/** Whether there was a session all that time: queries before a sign-in, or after a session's end, say nothing. */
function isSignedIn({ signIns }: Journal, { ended }: SignOuts, fromMs: number, toMs: number): boolean {
  const latest = signIns.findLast((signIn) => signIn.fromMs <= fromMs)
  return (
    latest !== undefined && !ended.some(({ session, atMs }) => session === latest.session && atMs <= toMs)
  )
}
