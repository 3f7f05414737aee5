import { effectsOf } from './effects.ts'
import type { Evidence } from './evidence.ts'

/** One of the bars that all runs of an invocation have to hold together. */
export interface CoverageBar {
  readonly name: string
  /** Null: the invocation was too short to say. */
  readonly held: boolean | null
  /** The figures that it goes by. */
  readonly detail: string
}

/**
 * From here on everything must have happened. A step takes 0.3 s on two busy processors, so that three minutes have 600. By
 * weight alone the rarest action, an outage (1 of 110), would be missing from one invocation in 240; that is why each
 * run does every action once before it goes by weight. The rarest effect that a page can tell of is a crash (2 of 110), of
 * which four in five hit a page that runs: three runs have 3 + 10 of them, and none that shows once in 400,000 invocations,
 * or on a machine with a third of the speed once in 1200.
 */
export const LEAST_MINUTES = 3
/**
 * Of what was tried. There were none in some 900 steps, so that a busy machine may have a dozen in three minutes. A command
 * that Chromium never answers takes 30 s each time, and soon is more than this.
 */
const MOST_MISHAPS = 0.02

/** Judges whether the harness did to the tabs what it says, so that bars that held mean something. */
export function judgeCoverage(evidences: readonly Evidence[]): readonly CoverageBar[] {
  const minutes = evidences.reduce((sum, run) => sum + run.minutes, 0)
  const isLong = minutes >= LEAST_MINUTES
  const tooShort = `too short for this bar, ${minutes.toFixed(1)} of ${LEAST_MINUTES} minutes`
  const everyOne = (name: string, counts: Counts): CoverageBar => ({
    name,
    held: isLong ? Object.values(counts).every((count) => count > 0) : null,
    detail: [...(isLong ? [] : [tooShort]), listed(counts)].join('; '),
  })
  const mishaps = evidences.reduce((sum, { journal }) => sum + journal.mishaps.length, 0)
  const actions = sumOf(evidences.map(({ kinds, journal }) => ({ ...zeros(kinds), ...journal.actions })))
  const done = Object.values(actions).reduce((sum, count) => sum + count, 0)
  return [
    everyOne('every kind of action was done', actions),
    everyOne('pages told of every effect that they can tell of', sumOf(evidences.map(effectsOf))),
    {
      name: 'the harness could do nearly all that it tried',
      held: done > 0 && mishaps <= MOST_MISHAPS * (done + mishaps),
      detail: `not ${mishaps} of ${done + mishaps}; ${MOST_MISHAPS * 100} % at most`,
    },
  ]
}

type Counts = Readonly<Record<string, number>>

const zeros = (names: readonly string[]): Counts => Object.fromEntries(names.map((name) => [name, 0]))

function sumOf(each: readonly Counts[]): Counts {
  const sum: Record<string, number> = {}
  for (const [name, count] of each.flatMap((counts) => Object.entries(counts)))
    sum[name] = (sum[name] ?? 0) + count
  return sum
}

/** The rarest first. */
const listed = (counts: Counts) =>
  Object.entries(counts)
    .sort(([, one], [, other]) => one - other)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
