import { posix, win32 } from 'node:path'
import { machineProbes, type Probes, works } from './probes.ts'

/**
 * Finds a Firefox on this machine, without installing one: the file that `SOLOTAB_FIREFOX` names, else the system's.
 * @throws {Error} where `SOLOTAB_FIREFOX` names a file that does not run: a choice is never replaced by a guess.
 */
export function findFirefox(probes: Probes = machineProbes()): string | null {
  const chosen = probes.env.SOLOTAB_FIREFOX
  if (!chosen) return systemPaths(probes).find((path) => works(path, probes)) ?? null
  if (works(chosen, probes)) return chosen
  throw new Error(`SOLOTAB_FIREFOX is no browser that starts: ${chosen}`)
}

const commands = ['firefox-esr', 'firefox']
const macPath = 'Applications/Firefox.app/Contents/MacOS/firefox'

function systemPaths({ platform, env, searchPath }: Probes): string[] {
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)']].filter((folder) => folder !== undefined)
    return folders.map((folder) => win32.join(folder, 'Mozilla Firefox', 'firefox.exe'))
  }
  const onPath = commands.flatMap((command) => searchPath.map((folder) => posix.join(folder, command)))
  return platform === 'darwin' ? [`/${macPath}`, posix.join(env.HOME ?? '/', macPath), ...onPath] : onPath
}
