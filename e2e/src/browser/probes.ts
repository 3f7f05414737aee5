import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'
import { chromium } from '@playwright/test'

/** All that the search for a browser asks of the machine, so that its tests can answer instead. */
export type Probes = {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly searchPath: readonly string[]
  readonly isRoot: boolean
  playwrightPath(): string
  exists(path: string): boolean
  /** Whether that file is a browser that starts here: one without its system libraries, or Ubuntu's stub, does not. */
  runs(path: string): boolean
}

/** Whether there is a browser of that path, and it starts. */
export function works(path: string, probes: Probes): boolean {
  return path !== '' && probes.exists(path) && probes.runs(path)
}

export function machineProbes(): Probes {
  return {
    platform: process.platform,
    env: process.env,
    searchPath: (process.env.PATH ?? '').split(delimiter).filter(Boolean),
    isRoot: process.getuid?.() === 0,
    playwrightPath: () => chromium.executablePath(),
    exists: existsSync,
    // On Windows `--version` opens a window instead of answering.
    runs: (path) =>
      process.platform === 'win32' ||
      spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20 * 1000 }).status === 0,
  }
}
