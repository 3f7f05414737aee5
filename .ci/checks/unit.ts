import { join } from 'node:path'
import type { Check } from './check.ts'
import { root, run } from './command.ts'
import { tallyFromReport } from './report.ts'
import type { Tally } from './tally.ts'

export const unit: Check = {
  name: 'unit',
  title: 'Unit tests (Vitest)',
  run: () =>
    tallyFromReport(join(root, '.cache/vitest.json'), () => run('pnpm', ['run', 'unit']), countVitest),
}

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

export function countVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    report as VitestReport
  // A file that cannot be loaded, or whose hooks fail, has no failed test to be counted by.
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed'),
  )
  return {
    passed: numPassedTests,
    failed: numFailedTests + brokenFiles.length,
    skipped: numPendingTests + numTodoTests,
  }
}
