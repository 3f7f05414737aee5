import type { Locator, Page } from '@playwright/test'
import { poll } from './tabs.ts'
import { ADA, type World } from './world.ts'

/** The query parameters of `e2e/app/devtools.html`. */
interface DevtoolsAppOptions {
  readonly position?: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left'
  readonly open?: true
  /** In React's StrictMode. */
  readonly strict?: true
}

/** Opens an app with devtools in it. */
export async function openDevtoolsApp(world: World, options: DevtoolsAppOptions = {}): Promise<Page> {
  const page = await world.context.newPage()
  const address = new URL('/devtools.html', world.address())
  address.searchParams.set('server', world.server.url)
  for (const [key, value] of Object.entries(options)) address.searchParams.set(key, String(value))
  await page.goto(address.href)
  return page
}

/** Two tabs with open panels, signed in. The first leads. */
export async function signedInPanels(world: World): Promise<{ one: Page; other: Page }> {
  const one = await openDevtoolsApp(world, { open: true })
  await one.waitForFunction(() => devtoolsApp.coordinator.getSnapshot().role === 'leader')
  const other = await openDevtoolsApp(world, { open: true })
  await one.evaluate(async (given) => {
    await devtoolsApp.supabase.auth.signInWithPassword(given)
  }, ADA)
  const statuses = () =>
    Promise.all([one, other].map((tab) => tab.evaluate(() => devtoolsApp.coordinator.getSnapshot().status)))
  await poll(statuses).toEqual(['signed-in', 'signed-in'])
  return { one, other }
}

export const panelOf = (tab: Page): Locator => tab.locator('solotab-devtools .panel')

export const openerOf = (tab: Page): Locator => tab.getByRole('button', { name: 'Open Solotab devtools' })

/** A part of the panel, by its title. */
export const sectionOf = (tab: Page, title: string): Locator =>
  panelOf(tab)
    .locator('details')
    .filter({ has: tab.getByRole('heading', { name: title }) })

/** The id that the panel shows for a tab. */
export const shownIdOf = (tab: Page): Promise<string> =>
  tab.evaluate(() => devtoolsApp.coordinator.tabId.slice(0, 6))

/** What has the focus, behind the shadow root: its name, or that of its element. */
export const focusIn = (tab: Page): Promise<string> =>
  tab.evaluate(() => {
    const { activeElement } = document
    const focused = activeElement?.shadowRoot?.activeElement ?? activeElement
    return focused?.getAttribute('aria-label') ?? focused?.textContent?.trim() ?? ''
  })
