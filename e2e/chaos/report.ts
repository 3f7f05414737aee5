import type { CoverageBar } from './coverage.ts'
import type { Verdict } from './verdict.ts'

/** The figures, one line each and one column for each run. */
const ROWS: readonly (readonly [string, (verdict: Verdict) => string | number])[] = [
  ['seconds', ({ seconds }) => seconds.toFixed(0)],
  ['page loads', ({ pages }) => pages],
  ['queries', ({ queries }) => queries],
  ['grants', ({ grants }) => grants],
  ['rotations', ({ rotations }) => rotations],
  ['grants that a fault hit', ({ faults }) => faults],
  ['reuse seen by the server', ({ reuses }) => reuses.length],
  ['... without a lost answer', ({ reuses }) => reuses.filter(({ cause }) => cause === null).length],
  ['sessions that a server ended over a lost answer', ({ sessionsEnded }) => sessionsEnded],
  ['false sign-outs', ({ falseSignOuts }) => falseSignOuts.length],
  ['queries without a token to send', ({ queriesWithoutToken }) => queriesWithoutToken],
  ['sendings of a query refused for an expired token', ({ refusals }) => refusals.length],
  ['... and not answered when sent again', ({ queriesRefused }) => queriesRefused],
  ['... sent with it', ({ refusals }) => refusals.filter(({ cause }) => cause === null).length],
  ['longest time of a page without a valid token', ({ longestGap }) => secondsOf(longestGap?.ms)],
  ['... with nothing wrong', ({ longestCalmGap }) => secondsOf(longestCalmGap?.ms)],
  ['all tabs in step at the end', ({ inStep }) => (inStep === null ? '' : inStep ? 'yes' : 'no')],
  ['what the harness could not do', ({ mishaps }) => mishaps.length],
  ['bars', (verdict) => brokenBars(verdict).join(', ') || 'held'],
]

/** The bars that were broken, as the report names them. */
export function brokenBars({ bars }: Verdict): readonly string[] {
  return bars.flatMap(({ name, held }) => (held ? [] : [`BROKEN: ${name}`]))
}

const secondsOf = (ms = 0) => `${(ms / 1000).toFixed(1)} s`

/** Of each list but that of the reuses; the JSON has them all. */
const SHOWN = 40

/** A plain table of all runs, under it the bars of all together, and the cause of each reuse and refusal. */
export function report(verdicts: readonly Verdict[], coverage: readonly CoverageBar[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  const heads = verdicts.map(({ algorithm, mode }) =>
    mode === 'solotab' ? algorithm : `${algorithm}, ${mode}`,
  )
  const table = [
    line(['', ...heads]),
    line(['---', ...heads.map(() => '---')]),
    ...ROWS.map(([name, figure]) => line([name, ...verdicts.map(figure)])),
  ]
  const together = coverage.map(({ name, held, detail }) => {
    const word = held === null ? 'not judged' : held ? 'held' : 'BROKEN'
    return `all runs: ${word}: ${name}: ${detail}`
  })
  return [...table, '', ...together, '', ...verdicts.flatMap(details)].join('\n')
}

function details({ algorithm, reuses, refusals, falseSignOuts, longestGap, mishaps }: Verdict): string[] {
  const shown = (lines: readonly string[]) =>
    lines.length > SHOWN
      ? [...lines.slice(0, SHOWN), `${algorithm}: and ${lines.length - SHOWN} more`]
      : lines
  const because = (cause: string | null) => cause ?? 'NO CAUSE FOUND'
  return [
    ...reuses.map(
      (reuse) => `${algorithm}: reuse by ${reuse.grant}, ${reuse.outcome}: ${because(reuse.cause)}`,
    ),
    ...shown(
      refusals.map(
        ({ sending, validForMs, cause }) =>
          `${algorithm}: query ${sending}, its token valid for ${validForMs} ms when sent, was refused: ${because(cause)}`,
      ),
    ),
    ...shown(
      falseSignOuts.map(({ load, reason }) => `${algorithm}: ${load} says that it is signed out: ${reason}`),
    ),
    ...(longestGap
      ? [
          `${algorithm}: longest without a valid token: ${longestGap.load}, ${secondsOf(longestGap.ms)}${longestGap.isOpen ? ', and none came' : ''}: ${longestGap.troubles.join(', ') || 'nothing was wrong'}`,
        ]
      : []),
    ...mishaps.map((mishap) => `${algorithm}: harness: ${mishap}`),
  ]
}
