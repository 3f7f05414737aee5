import type { Page } from '@playwright/test'
import { type ReactApp, type ReactVersion, startReactApp } from './react-app.ts'
import { shiftClock } from './shift-clock.ts'
import { poll } from './tabs.ts'
import { test as base, World } from './world.ts'

/** Building is no part of any test's time. */
export const BUILDING = { scope: 'worker', timeout: 2 * 60 * 1000 } as const // 2 minutes

/** One thing for each version of React. */
export const forEachVersion = async <T>(
  make: (version: ReactVersion) => Promise<T>,
): Promise<Record<ReactVersion, T>> => ({
  19: await make('19'),
  18: await make('18'),
})

interface Fixtures {
  reactVersion: ReactVersion
  reactApp: ReactApp
  /** What the pages have said on their consoles, or thrown. */
  complaints: string[]
}

/** A world whose tabs run `app/react`. */
export const test = base.extend<Fixtures, { reactApps: Record<ReactVersion, ReactApp> }>({
  reactVersion: ['19', { option: true }],
  reactApps: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern.
    async ({}, use) => {
      const apps = await forEachVersion(startReactApp)
      await use(apps)
      for (const app of Object.values(apps)) await app.close()
    },
    BUILDING,
  ],
  reactApp: async ({ reactApps, reactVersion }, use) => use(reactApps[reactVersion]),
  complaints: async ({ context }, use) => {
    const complaints: string[] = []
    context.on('weberror', (error) => complaints.push(String(error.error())))
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    await use(complaints)
  },
  world: async ({ server, reactApp, context, clock }, use) => {
    await shiftClock(context, 0)
    await use(new World(server, reactApp.origin, context, clock))
  },
})

export const textOf = (tab: Page, id: string) => tab.locator(`#${id}`).textContent()

/** Waits until an element of all tabs says this. */
export async function shows(tabs: readonly Page[], id: string, text: string): Promise<void> {
  for (const tab of tabs) await poll(() => textOf(tab, id)).toBe(text)
}

export const rendersOf = (tab: Page) => tab.evaluate(() => ({ ...ui.renders }))

export { expect } from '@playwright/test'
