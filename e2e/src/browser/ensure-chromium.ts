import { type FoundChromium, findChromium } from './find-chromium.ts'
import { carryOut, installPlans } from './install-chromium.ts'
import { machineProbes, type Probes } from './probes.ts'

export type EnsuredChromium = {
  readonly executablePath: string
  readonly source: FoundChromium['source'] | 'installed'
}

/** Finds a Chromium, or installs one: Playwright's, else Debian's. Throws, with what to do, where neither is possible. */
export function ensureChromium(
  probes: Probes = machineProbes(),
  plans: () => ReturnType<typeof installPlans> = () => installPlans(probes),
  install: typeof carryOut = carryOut,
): EnsuredChromium {
  const found = findChromium(probes)
  if (found) return found
  console.log('No Chromium on this machine yet: installing one.')
  for (const plan of plans()) {
    if (!install(plan)) continue
    const installed = findChromium(probes)
    if (installed) return { ...installed, source: 'installed' }
  }
  throw new Error(noChromium)
}

export const noChromium = [
  'No Chromium was found, and none could be installed. Do one of these, then run the tests again:',
  '- pnpm --filter @solotab/e2e exec playwright install --with-deps chromium',
  '- Debian, as root: apt-get update && apt-get install -y chromium',
  '- install Chromium, Chrome or Edge in its usual place',
  '- set SOLOTAB_CHROMIUM to the path of a Chromium, Chrome or Edge executable',
].join('\n')
