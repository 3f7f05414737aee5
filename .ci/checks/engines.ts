import { join } from 'node:path'
import { ensureChromium } from '../../e2e/src/browser/ensure-chromium.ts'
import { ensureFirefox } from '../../e2e/src/browser/ensure-firefox.ts'
import { ensureWebkit } from '../../e2e/src/browser/ensure-webkit.ts'
import type { Check } from './check.ts'
import { root, run } from './command.ts'
import { countPlaywright } from './e2e.ts'
import { tallyFromReport } from './report.ts'

/** The end-to-end scenarios in three engines. One that is missing is skipped, and on a machine of CI fails. */
export const engines: Check = {
  name: 'engines',
  title: 'Three engines (Playwright, WebDriver BiDi, WebDriver)',
  run: () => {
    for (const ensure of [ensureChromium, ensureFirefox, ensureWebkit]) {
      try {
        ensure()
      } catch (error) {
        // The scenarios themselves say that it is missing, one by one.
        console.warn(error instanceof Error ? error.message : error)
      }
    }
    return tallyFromReport(
      join(root, 'e2e/.cache/engines.json'),
      () => run('pnpm', ['--filter', '@solotab/e2e', 'run', 'engines']),
      countPlaywright,
    )
  },
}
