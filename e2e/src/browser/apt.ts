import type { Probes } from './probes.ts'
import { type Step, succeeds } from './steps.ts'

const packagesTimeoutMs = 10 * 60 * 1000 // 10 minutes
const sudoTimeoutMs = 5 * 1000 // 5 seconds

/** The way to install these packages of Debian; no way where the package manager is not Debian's, or asks for a password. */
export function aptPlans(
  probes: Probes,
  packages: readonly string[],
  sudoWithoutPassword: () => boolean = sudoAsksNothing,
): Step[][] {
  if (probes.platform !== 'linux' || !probes.exists('/usr/bin/apt-get')) return []
  if (!probes.isRoot && !sudoWithoutPassword()) return []
  const asRoot = probes.isRoot ? [] : ['sudo', '-n']
  return [[apt(asRoot, 'update'), apt(asRoot, 'install', '-y', ...packages)]]
}

function apt(asRoot: readonly string[], ...args: string[]): Step {
  const [command = '', ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
  return { command, args: rest, timeoutMs: packagesTimeoutMs }
}

function sudoAsksNothing(): boolean {
  return succeeds('sudo', ['-n', 'true'], { stdio: 'ignore', timeout: sudoTimeoutMs })
}
