import { posix, win32 } from 'node:path'
import { machineProbes, type Probes, works } from './probes.ts'

export type FoundChromium = {
  readonly executablePath: string
  readonly source: 'environment' | 'playwright' | 'system'
}

/**
 * Finds a Chromium on this machine, without installing one: the file that `SOLOTAB_CHROMIUM` names, else Playwright's own,
 * else the system's (Chromium, Chrome or Edge).
 * @throws {Error} where `SOLOTAB_CHROMIUM` names a file that does not run: a choice is never replaced by a guess.
 */
export function findChromium(probes: Probes = machineProbes()): FoundChromium | null {
  const chosen = probes.env.SOLOTAB_CHROMIUM
  if (chosen) {
    if (!works(chosen, probes)) throw new Error(`SOLOTAB_CHROMIUM is no browser that starts: ${chosen}`)
    return { executablePath: chosen, source: 'environment' }
  }
  const own = probes.playwrightPath()
  if (works(own, probes)) return { executablePath: own, source: 'playwright' }
  const system = systemPaths(probes).find((path) => works(path, probes))
  return system ? { executablePath: system, source: 'system' } : null
}

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const macApps = ['Chromium', 'Google Chrome', 'Microsoft Edge']
const windowsApps = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

function systemPaths({ platform, env, searchPath }: Probes): string[] {
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    )
    return windowsApps.flatMap((app) => folders.map((folder) => win32.join(folder, app)))
  }
  const onPath = commands.flatMap((command) => searchPath.map((folder) => posix.join(folder, command)))
  if (platform !== 'darwin') return onPath
  const folders = ['/Applications', posix.join(env.HOME ?? '/', 'Applications')]
  return [
    ...macApps.flatMap((app) => folders.map((folder) => `${folder}/${app}.app/Contents/MacOS/${app}`)),
    ...onPath,
  ]
}
