// `pnpm chaos`: opens, closes, crashes, freezes and troubles real tabs at random, and judges what Solotab made of it.
// The exit code is 1 if a bar was broken. The seed replays the choices, not the timing of a real browser.
import { writeFileSync } from 'node:fs'
import { findChromium } from '../src/browser/find-chromium.ts'
import { buildPage } from '../src/build-page.ts'
import { judgeCoverage } from './coverage.ts'
import type { Evidence } from './evidence.ts'
import { readOptions } from './options.ts'
import { brokenBars, report } from './report.ts'
import { runChaos } from './run.ts'
import { judge, type Verdict } from './verdict.ts'

const options = readOptions(process.argv.slice(2))
const { executablePath } = findChromium() ?? {}
if (!executablePath) throw new Error('No Chromium was found: run `pnpm --filter @solotab/e2e browser`.')
console.log(
  `--seed ${options.seed}: ${options.minutes} min each of ${options.algorithms.join(', ')}, ${options.mode}`,
)
const page = await buildPage('chaos/page')
const evidences: Evidence[] = []
const verdicts: Verdict[] = []
for (const algorithm of options.algorithms) {
  const evidence = await runChaos(options, algorithm, executablePath, page.path)
  const verdict = judge(evidence)
  evidences.push(evidence)
  verdicts.push(verdict)
  console.log(
    `${algorithm}: ${verdict.rotations} rotations, ${brokenBars(verdict).join(', ') || 'all bars held'}`,
  )
}
await page.remove()
const coverage = judgeCoverage(evidences)
console.log(report(verdicts, coverage))
if (options.json)
  writeFileSync(options.json, JSON.stringify({ ...options, coverage, verdicts, evidences }, null, 1))
const isBroken =
  verdicts.some((verdict) => brokenBars(verdict).length > 0) || coverage.some(({ held }) => held === false)
process.exitCode = isBroken ? 1 : 0
