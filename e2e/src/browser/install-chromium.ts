import { type SpawnOptions, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Probes } from './probes.ts'

type Step = { readonly command: string; readonly args: readonly string[]; readonly timeoutMs: number }

const downloadTimeoutMs = 5 * 60 * 1000 // 5 minutes
const packagesTimeoutMs = 10 * 60 * 1000 // 10 minutes
const sudoTimeoutMs = 5 * 1000 // 5 seconds

const playwrightCli = join(
  dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
)

function playwright(...args: string[]): Step {
  return { command: process.execPath, args: [playwrightCli, ...args], timeoutMs: downloadTimeoutMs }
}

function apt(asRoot: readonly string[], ...args: string[]): Step {
  const [command = '', ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
  return { command, args: rest, timeoutMs: packagesTimeoutMs }
}

/**
 * Ways to get a Chromium, in the order to try them; each is a list of steps of which every one has to succeed.
 * The system's package manager only where it is Debian's and asks for no password.
 */
export function installPlans(probes: Probes, sudoWithoutPassword: () => boolean = sudoAsksNothing): Step[][] {
  const download = [playwright('install', '--no-shell', 'chromium')]
  if (probes.platform !== 'linux' || !probes.exists('/usr/bin/apt-get')) return [download]
  if (!probes.isRoot && !sudoWithoutPassword()) return [download]
  const asRoot = probes.isRoot ? [] : ['sudo', '-n']
  const debian = [apt(asRoot, 'update'), apt(asRoot, 'install', '-y', 'chromium')]
  const withLibraries = [...download, playwright('install-deps', 'chromium')]
  return [download, withLibraries, debian]
}

/** Whether every step ended well. Prints what it does: an installation takes a while. */
export function carryOut(plan: readonly Step[]): boolean {
  return plan.every(({ command, args, timeoutMs }) => {
    console.log(`$ ${[command, ...args].join(' ')}`)
    return succeeds(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: timeoutMs })
  })
}

function sudoAsksNothing(): boolean {
  return succeeds('sudo', ['-n', 'true'], { stdio: 'ignore', timeout: sudoTimeoutMs })
}

function succeeds(command: string, args: readonly string[], options: SpawnOptions): boolean {
  return spawnSync(command, args, options).status === 0
}
