import { join } from 'node:path'
import { ensureChromium } from '../../e2e/src/browser/ensure-chromium.ts'
import type { Check } from './check.ts'
import { root, run } from './command.ts'
import { tallyFromReport } from './report.ts'
import type { Tally } from './tally.ts'

export const e2e: Check = {
  name: 'e2e',
  title: 'End to end (Playwright)',
  run: async () => {
    const { executablePath } = ensureChromium()
    return tallyFromReport(
      join(root, 'e2e/.cache/results.json'),
      () => run('pnpm', ['run', 'e2e'], { SOLOTAB_CHROMIUM: executablePath }),
      countPlaywright,
    )
  },
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }

export function countPlaywright(report: unknown): Tally {
  const { expected, unexpected, flaky, skipped } = (report as PlaywrightReport).stats
  return { passed: expected, failed: unexpected + flaky, skipped }
}
