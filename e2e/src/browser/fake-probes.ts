import type { Probes } from './probes.ts'

/** A machine that has exactly the given files; those in `broken` exist but do not start. */
export function fakeProbes(
  files: readonly string[],
  { broken = [], ...changes }: Partial<Probes> & { broken?: readonly string[] } = {},
): Probes {
  return {
    platform: 'linux',
    env: {},
    searchPath: ['/usr/local/bin', '/usr/bin'],
    isRoot: false,
    playwrightPath: () => '/playwright/chrome',
    exists: (path) => files.includes(path),
    runs: (path) => files.includes(path) && !broken.includes(path),
    ...changes,
  }
}
