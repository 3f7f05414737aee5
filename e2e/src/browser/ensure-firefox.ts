import { aptPlans } from './apt.ts'
import { ensure } from './ensure.ts'
import { findFirefox } from './find-firefox.ts'
import { machineProbes, type Probes } from './probes.ts'
import { carryOut, type Step } from './steps.ts'

/** Finds a Firefox, or installs Debian's. Throws, with what to do, where neither is possible. */
export function ensureFirefox(
  probes: Probes = machineProbes(),
  plans: () => Step[][] = () => aptPlans(probes, ['firefox-esr']),
  install: typeof carryOut = carryOut,
): string {
  return ensure('Firefox', () => findFirefox(probes), plans, noFirefox, install)
}

export const noFirefox = [
  'No Firefox was found, and none could be installed. Do one of these, then run the tests again:',
  '- Debian, as root: apt-get update && apt-get install -y firefox-esr',
  '- install Firefox in its usual place',
  '- set SOLOTAB_FIREFOX to the path of a Firefox executable',
].join('\n')
