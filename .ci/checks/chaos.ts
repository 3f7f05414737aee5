import { join } from 'node:path'
import { ensureChromium } from '../../e2e/src/browser/ensure-chromium.ts'
import type { Check } from './check.ts'
import { root, run } from './command.ts'
import { tallyFromReport } from './report.ts'
import type { Tally } from './tally.ts'

const path = join(root, 'e2e/.cache/chaos.json')

/** A minute of chaos against each kind of server; every bar of each run counts. */
export const chaos: Check = {
  name: 'chaos',
  title: 'Chaos in real tabs (3 minutes)',
  run: async () => {
    const { executablePath } = ensureChromium()
    const args = ['run', 'chaos', '--minutes', '1', '--json', path]
    return tallyFromReport(path, () => run('pnpm', args, { SOLOTAB_CHROMIUM: executablePath }), countChaos)
  },
}

type ChaosReport = { verdicts: { bars: { held: boolean }[] }[] }

export function countChaos(report: unknown): Tally {
  const bars = (report as ChaosReport).verdicts.flatMap((verdict) => verdict.bars)
  const passed = bars.filter(({ held }) => held).length
  return { passed, failed: bars.length - passed, skipped: 0 }
}
