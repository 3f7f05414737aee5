import { join } from 'node:path'
import { ensureChromium } from '../../e2e/src/browser/ensure-chromium.ts'
import type { Check } from './check.ts'
import { root, run } from './command.ts'
import { tallyFromReport } from './report.ts'
import type { Tally } from './tally.ts'

const path = join(root, 'e2e/.cache/chaos.json')

/** A minute of chaos against each kind of server; every bar of each run counts, and those of all together. */
export const chaos: Check = {
  name: 'chaos',
  title: 'Chaos in real tabs (3 minutes)',
  run: async () => {
    const { executablePath } = ensureChromium()
    const args = ['run', 'chaos', '--minutes', '1', '--json', path]
    return tallyFromReport(path, () => run('pnpm', args, { SOLOTAB_CHROMIUM: executablePath }), countChaos)
  },
}

interface Bar {
  /** Null: not judged. */
  held: boolean | null
}
type ChaosReport = { verdicts: { bars: Bar[] }[]; coverage: Bar[] }

export function countChaos(report: unknown): Tally {
  const { verdicts, coverage } = report as ChaosReport
  const bars = [...verdicts.flatMap((verdict) => verdict.bars), ...coverage]
  const count = (wanted: boolean | null) => bars.filter(({ held }) => held === wanted).length
  return { passed: count(true), failed: count(false), skipped: count(null) }
}
