import { ensure } from './ensure.ts'
import { type FoundChromium, findChromium } from './find-chromium.ts'
import { installPlans } from './install-chromium.ts'
import { machineProbes, type Probes } from './probes.ts'
import { carryOut, type Step } from './steps.ts'

export type EnsuredChromium = {
  readonly executablePath: string
  readonly source: FoundChromium['source'] | 'installed'
}

/** Finds a Chromium, or installs one: Playwright's, else Debian's. Throws, with what to do, where neither is possible. */
export function ensureChromium(
  probes: Probes = machineProbes(),
  plans: () => Step[][] = () => installPlans(probes),
  install: typeof carryOut = carryOut,
): EnsuredChromium {
  const find = () => findChromium(probes)
  return find() ?? { ...ensure('Chromium', find, plans, noChromium, install), source: 'installed' }
}

export const noChromium = [
  'No Chromium was found, and none could be installed. Do one of these, then run the tests again:',
  '- pnpm --filter @solotab/e2e exec playwright install --with-deps chromium',
  '- Debian, as root: apt-get update && apt-get install -y chromium',
  '- install Chromium, Chrome or Edge in its usual place',
  '- set SOLOTAB_CHROMIUM to the path of a Chromium, Chrome or Edge executable',
].join('\n')
