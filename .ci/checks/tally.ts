export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number }

export const noResults: Tally = { passed: 0, failed: 0, skipped: 0 }
export const onePassed: Tally = { ...noResults, passed: 1 }
export const oneFailed: Tally = { ...noResults, failed: 1 }

export function sum(tallies: Iterable<Tally>): Tally {
  let total = noResults
  for (const { passed, failed, skipped } of tallies) {
    total = {
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }
  }
  return total
}

/** `3 passed, 0 failed`, and `, 1 skipped` where something was. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** A runner that ended badly without a failed test, or without any test, counts as one failure. */
export function withExitCode(tally: Tally, exitCode: number): Tally {
  const ran = tally.passed + tally.failed + tally.skipped > 0
  const endedWell = exitCode === 0 && ran
  return endedWell || tally.failed > 0 ? tally : { ...tally, failed: 1 }
}
