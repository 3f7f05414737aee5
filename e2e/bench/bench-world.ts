import { chromium } from '@playwright/test'
import { startAuthServer } from '@solotab/auth-server'
import { startAppServer } from '../src/app-server.ts'
import { findChromium } from '../src/browser/find-chromium.ts'
import { launchArgs } from '../src/browser/launch-args.ts'
import { machineProbes } from '../src/browser/probes.ts'
import { startChromiumByHand } from '../src/chromium-by-hand.ts'
import { shiftClock } from '../src/shift-clock.ts'
import { ADA, World } from '../src/world.ts'

/**
 * Runs `body` in a browser and with a server of its own; both are stopped afterwards.
 *
 * @param asUsersHaveIt With tabs that are really hidden and can be frozen; else all are visible.
 */
export const inWorld = async <T>(body: (world: World) => Promise<T>, asUsersHaveIt = false): Promise<T> => {
  const probes = machineProbes()
  const { executablePath } = findChromium(probes) ?? {}
  if (!executablePath) throw new Error('No Chromium was found: run `pnpm --filter @solotab/e2e browser`.')
  const clock = { shiftMs: 0 }
  const nowMs = () => Date.now() + clock.shiftMs
  const launch = async () => {
    if (asUsersHaveIt) return startChromiumByHand(executablePath)
    const browser = await chromium.launch({ executablePath, args: launchArgs(probes.isRoot) })
    return { context: await browser.newContext(), close: () => browser.close() }
  }
  const [server, appServer, { context, close }] = await Promise.all([
    startAuthServer({ control: true, rateLimit: null, users: [ADA], nowMs }),
    startAppServer(),
    launch(),
  ])
  try {
    await shiftClock(context, 0)
    return await body(new World(server, `http://127.0.0.1:${appServer.port}`, context, clock))
  } finally {
    await close()
    await Promise.all([server.close(), appServer.close()])
  }
}
