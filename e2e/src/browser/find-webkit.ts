import { posix } from 'node:path'
import { machineProbes, type Probes } from './probes.ts'

export interface FoundWebkit {
  /** WebKitWebDriver, which knows by itself where its browser is. */
  readonly driver: string
  readonly xvfb: string
}

/**
 * Finds WebKitGTK's driver and the display that it needs on this machine, without installing them: the files that `SOLOTAB_WEBKIT_DRIVER` and
 * `SOLOTAB_XVFB` name, else the system's. Neither program can be asked whether it starts, so that they are there has to do.
 * @throws {Error} where one of the variables names a file that does not exist: a choice is never replaced by a guess.
 */
export function findWebkit(probes: Probes = machineProbes()): FoundWebkit | null {
  const driver = find('SOLOTAB_WEBKIT_DRIVER', 'WebKitWebDriver', probes)
  const xvfb = find('SOLOTAB_XVFB', 'Xvfb', probes)
  return driver && xvfb ? { driver, xvfb } : null
}

function find(variable: string, command: string, { env, exists, searchPath }: Probes): string | null {
  const chosen = env[variable]
  if (chosen) {
    if (!exists(chosen)) throw new Error(`${variable} does not exist: ${chosen}`)
    return chosen
  }
  return searchPath.map((folder) => posix.join(folder, command)).find(exists) ?? null
}
