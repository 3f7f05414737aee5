import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { aptPlans } from './apt.ts'
import type { Probes } from './probes.ts'
import type { Step } from './steps.ts'

const downloadTimeoutMs = 5 * 60 * 1000 // 5 minutes

const playwrightCli = join(
  dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
)

function playwright(...args: string[]): Step {
  return { command: process.execPath, args: [playwrightCli, ...args], timeoutMs: downloadTimeoutMs }
}

/**
 * Ways to get a Chromium, in the order to try them; each is a list of steps of which every one has to succeed.
 * The system's package manager only where it is Debian's and asks for no password.
 */
export function installPlans(probes: Probes, sudoWithoutPassword?: () => boolean): Step[][] {
  const download = [playwright('install', '--no-shell', 'chromium')]
  const debian = aptPlans(probes, ['chromium'], sudoWithoutPassword)
  if (debian.length === 0) return [download]
  const withLibraries = [...download, playwright('install-deps', 'chromium')]
  return [download, withLibraries, ...debian]
}
