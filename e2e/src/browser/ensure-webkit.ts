import { aptPlans } from './apt.ts'
import { ensure } from './ensure.ts'
import { type FoundWebkit, findWebkit } from './find-webkit.ts'
import { machineProbes, type Probes } from './probes.ts'
import { carryOut, type Step } from './steps.ts'

/** Finds WebKitGTK with its driver and a display, or installs Debian's. Throws, with what to do, where neither is possible. */
export function ensureWebkit(
  probes: Probes = machineProbes(),
  plans: () => Step[][] = () => aptPlans(probes, ['webkit2gtk-driver', 'xvfb']),
  install: typeof carryOut = carryOut,
): FoundWebkit {
  return ensure('WebKitGTK', () => findWebkit(probes), plans, noWebkit, install)
}

export const noWebkit = [
  'WebKitGTK with its driver and Xvfb was not found, and could not be installed. Do one of these, then run the tests again:',
  '- Debian or Ubuntu, as root: apt-get update && apt-get install -y webkit2gtk-driver xvfb',
  '- install WebKitWebDriver and Xvfb where PATH has them',
  '- set SOLOTAB_WEBKIT_DRIVER and SOLOTAB_XVFB to the paths of both executables',
].join('\n')
