import { join } from 'node:path'
import { ensureChromium } from '../../e2e/src/browser/ensure-chromium.ts'
import { ensureFirefox } from '../../e2e/src/browser/ensure-firefox.ts'
import { ensureWebkit } from '../../e2e/src/browser/ensure-webkit.ts'
import { type Check, verdict } from './check.ts'
import { root, run } from './command.ts'
import { countPlaywright } from './e2e.ts'
import { tallyFromReport } from './report.ts'
import { noResults, sum } from './tally.ts'

/**
 * The scenarios in three engines, and whether the README's table says what came of them. An engine that is missing is
 * skipped, and so is the table then; on a machine of CI both fail.
 */
export const engines: Check = {
  name: 'engines',
  title: 'Three engines (Playwright, WebDriver BiDi, WebDriver)',
  run: async () => {
    let isMissing = false
    for (const ensure of [ensureChromium, ensureFirefox, ensureWebkit]) {
      try {
        ensure()
      } catch (error) {
        isMissing = true
        // The scenarios themselves say that it is missing, one by one.
        console.warn(error instanceof Error ? error.message : error)
      }
    }
    const played = await tallyFromReport(
      join(root, 'e2e/.cache/engines.json'),
      () => run('pnpm', ['--filter', '@solotab/e2e', 'run', 'engines']),
      countPlaywright,
    )
    const table =
      isMissing && !process.env.CI
        ? { ...noResults, skipped: 1 }
        : verdict(await run('pnpm', ['run', 'engines:table', '--check']))
    return sum([played, table])
  },
}
