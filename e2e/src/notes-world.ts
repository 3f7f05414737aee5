import { type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test'
import type { AuthServer } from '@solotab/auth-server'
import { type Demo, startDemo } from '../../apps/demo/start-demo.ts'

/** For what needs some seconds by its nature. */
export const PATIENT = { timeout: 15 * 1000 }

let users = 0

/** The notes page in tabs of one browser, and its server. */
export class NotesWorld {
  readonly server: AuthServer['state']
  readonly context: BrowserContext
  readonly url: string

  constructor({ servers, url }: Demo, context: BrowserContext) {
    if (!servers) throw new Error('The demo runs against a real project.')
    this.server = servers.notes.state
    this.context = context
    this.url = url
  }

  async open(query = ''): Promise<Page> {
    const tab = await this.context.newPage()
    await tab.goto(`${this.url}notes.html${query}`)
    return tab
  }

  /** Two tabs, and a new user who is signed in. */
  async openTwo(query = ''): Promise<[Page, Page]> {
    const tabs: [Page, Page] = [await this.open(query), await this.open(query)]
    await this.signUp(tabs)
    return tabs
  }

  /** Signs a new user up in the first of these tabs, and waits until all show it. */
  async signUp(tabs: readonly Page[]): Promise<void> {
    const [first] = tabs
    await first?.getByLabel('E-mail').fill(`user-${++users}@example.com`)
    await first?.getByLabel('Password').fill('correct horse')
    await first?.getByRole('button', { name: 'Sign up' }).click()
    for (const tab of tabs) await expect(tab.getByText('None yet.')).toBeVisible()
  }

  rotations(): number {
    const isRotation = ({ grantType, outcome }: { grantType: string | null; outcome: string }) =>
      grantType === 'refresh_token' && outcome === 'rotated'
    return this.server.grantLog.entries.filter(isRotation).length
  }

  /** Until the faults are cleared. The button alone lets three fail, which may be over before a test has looked. */
  async failRefreshes(tab: Page): Promise<void> {
    const fault = { kind: 'status', status: 503, times: 1000 }
    await tab.request.post(`${this.url}control/faults`, { data: fault })
    await tab.getByRole('button', { name: 'Let refreshing fail' }).click()
  }
}

export const signIn = (tab: Page): Promise<void> => tab.getByRole('button', { name: 'Sign in' }).click()
export const field = (tab: Page): Locator => tab.getByLabel('New note')
export const status = (tab: Page): Locator => tab.getByRole('region', { name: 'Session', exact: true })
export const note = (tab: Page, text: string): Locator => tab.getByRole('listitem').filter({ hasText: text })

export async function add(tab: Page, text: string): Promise<void> {
  await field(tab).fill(text)
  await tab.getByRole('button', { name: 'Add note' }).click()
  await expect(field(tab)).toHaveValue('')
}

export const test = base.extend<{ notes: NotesWorld }, { demo: Demo }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern.
    async ({}, use) => {
      const demo = await startDemo({ port: 5473 })
      await use(demo)
      await demo.close()
    },
    { scope: 'worker' },
  ],
  notes: async ({ demo, context }, use) => {
    const notes = new NotesWorld(demo, context)
    notes.server.changeOptions({ rateLimit: null, latencyMs: 0, accessTokenSeconds: 3600 })
    notes.server.faults.clear()
    await use(notes)
  },
})
