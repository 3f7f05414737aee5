import type { Page } from '@playwright/test'
import { poll } from './tabs.ts'
import { ADA, type World } from './world.ts'

/** The query parameters of `e2e/app/tabs.html`. */
interface TabsAppOptions {
  readonly afterMs?: number
  readonly warnMs?: number
  /** Nobody subscribes to the tab list. */
  readonly unwatched?: true
  /** Counts the messages about tabs and idleness. */
  readonly count?: true
}

/** Opens a tab with a tab list, an idle timer and an inspector, at `host` if that is not the world's own. */
export async function openTabsApp(world: World, options: TabsAppOptions = {}): Promise<Page> {
  const page = await world.context.newPage()
  const address = new URL('/tabs.html', world.address())
  address.searchParams.set('server', world.server.url)
  for (const [key, value] of Object.entries(options)) address.searchParams.set(key, String(value))
  await page.goto(address.href)
  return page
}

export const openTabsApps = async (
  world: World,
  count: number,
  options?: TabsAppOptions,
): Promise<Page[]> => {
  const tabs: Page[] = []
  for (let opened = 0; opened < count; opened++) tabs.push(await openTabsApp(world, options))
  return tabs
}

export async function signInTabsApp(tabs: readonly Page[]): Promise<void> {
  const code = await tabs[0]?.evaluate(async (given) => {
    const { error } = await tabsApp.supabase.auth.signInWithPassword(given)
    return error && (error.code ?? error.message)
  }, ADA)
  if (code) throw new Error(code)
  const statuses = () =>
    Promise.all(tabs.map((tab) => tab.evaluate(() => tabsApp.coordinator.getSnapshot().status)))
  await poll(statuses).toEqual(tabs.map(() => 'signed-in'))
}

export const idOf = (tab: Page) => tab.evaluate(() => tabsApp.coordinator.tabId)

/** What the tab's list says of each of these tabs: `leader visible`, `follower hidden`, … or nothing; and of strangers. */
export async function seenIn(tab: Page, tabs: readonly Page[]): Promise<(string | null)[]> {
  const ids = await Promise.all(tabs.map(idOf))
  return seenById(tab, ids)
}

/** As {@link seenIn}, for tabs that do not answer any more. Each tab that is none of these adds `stranger`. */
export async function seenById(tab: Page, ids: readonly string[]): Promise<(string | null)[]> {
  const list = await tab.evaluate(() => tabsApp.list.getSnapshot())
  const seen = ids.map((id) => {
    const found = list.find((each) => each.id === id)
    return found ? `${found.role} ${found.visible ? 'visible' : 'hidden'}` : null
  })
  return [...seen, ...list.filter(({ id }) => !ids.includes(id)).map(() => 'stranger')]
}
