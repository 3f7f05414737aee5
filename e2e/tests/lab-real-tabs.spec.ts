import type { BrowserContext, Page } from '@playwright/test'
import { type Demo, startDemo } from '../../apps/demo/start-demo.ts'
import { expect, type Side, test } from '../src/lab.ts'
import { poll } from '../src/tabs.ts'

/** The panes of the lab, each in a real tab of the browser, ordered about as the lab orders its frames. */
class RealTabs {
  readonly #demo: Demo
  readonly #context: BrowserContext
  readonly #side: Side
  readonly tabs: Page[] = []
  #aheadMs = 0

  constructor(demo: Demo, context: BrowserContext, side: Side) {
    this.#demo = demo
    this.#context = context
    this.#side = side
  }

  get server() {
    const server = this.#demo.servers?.[this.#side]
    if (!server) throw new Error('The demo runs against a real project.')
    return server.state
  }

  /** The outcomes of the refreshes that have reached the server. */
  get outcomes(): string[] {
    const entries = this.server.grantLog.entries
    return entries.filter(({ grantType }) => grantType === 'refresh_token').map(({ outcome }) => outcome)
  }

  address(): string {
    const query = new URLSearchParams({ side: this.#side, tab: `${this.#side}-${this.tabs.length + 1}-real` })
    return `${this.#demo.url}pane.html?${query}`
  }

  async begin(count: number, storage: 'local' | 'session'): Promise<void> {
    await this.server.reset({})
    const staged = { aheadMs: 0, storage }
    await this.#context.addInitScript(
      ([side, text]) => {
        const key = `solotab-lab:${side}`
        if (!localStorage.getItem(key)) localStorage.setItem(key, text)
      },
      [this.#side, JSON.stringify(staged)] as const,
    )
    for (let number = 1; number <= count; number += 1) await this.#open()
    await this.press(this.tabs.slice(0, 1), 'Sign in as Ada')
    for (const tab of this.tabs) await expect(tab.getByRole('button', { name: 'Load data' })).toBeVisible()
  }

  async #open(): Promise<void> {
    const tab = await this.#context.newPage()
    await tab.goto(this.address())
    this.tabs.push(tab)
    await expect(tab.getByRole('button', { name: /Sign in as Ada|Load data/ })).toBeVisible()
  }

  /** As the browser's "Duplicate tab": with a copy of the session storage. */
  async duplicate(original: Page): Promise<Page> {
    const opened = this.#context.waitForEvent('page')
    await original.evaluate((address) => void window.open(address), this.address())
    const tab = await opened
    this.tabs.push(tab)
    await expect(tab.getByRole('button', { name: 'Load data' })).toBeVisible()
    return tab
  }

  async press(tabs: readonly Page[], button: string): Promise<void> {
    await Promise.all(tabs.map((tab) => tab.getByRole('button', { name: button }).click()))
  }

  /** All at one moment: one message, as from the lab. */
  async loadTogether(tabs: readonly Page[]): Promise<void> {
    const panes = tabs.map((tab) => new URL(tab.url()).searchParams.get('tab') ?? '')
    await this.#order(panes, 'load')
  }

  async passTime(ms: number): Promise<void> {
    this.server.passTime(ms)
    this.#aheadMs += ms
    await this.tabs[0]?.evaluate(
      ([side, aheadMs]) => {
        const key = `solotab-lab:${side}`
        const staged = JSON.parse(localStorage.getItem(key) ?? '{}')
        localStorage.setItem(key, JSON.stringify({ ...staged, aheadMs }))
      },
      [this.#side, this.#aheadMs] as const,
    )
    await this.#order(
      this.tabs
        .filter((tab) => !tab.isClosed())
        .map((tab) => new URL(tab.url()).searchParams.get('tab') ?? ''),
      'restage',
    )
  }

  async signedIn(): Promise<boolean[]> {
    const open = this.tabs.filter((tab) => !tab.isClosed())
    return Promise.all(open.map((tab) => tab.getByRole('button', { name: 'Load data' }).isVisible()))
  }

  /** Gives an order from a page that is no pane, and waits until all have carried it out. */
  async #order(panes: readonly string[], what: string): Promise<void> {
    const lab = await this.#context.newPage()
    await lab.goto(`${this.#demo.url}servers.json`)
    await lab.evaluate(
      ([names, command]) =>
        new Promise<void>((resolve) => {
          const waiting = new Set(names)
          new BroadcastChannel('solotab-lab-1:lab').onmessage = ({ data }) => {
            if (data.type === 'done' && data.id === 'order') waiting.delete(data.pane)
            if (waiting.size === 0) resolve()
          }
          new BroadcastChannel('solotab-lab-1:panes').postMessage({
            type: 'command',
            id: 'order',
            panes: names,
            command: { do: command },
          })
        }),
      [panes, what] as const,
    )
    await lab.close()
  }
}

/** The server rotates the token, and takes its time over the answer. */
const SLOW = {
  kind: 'delay-answer',
  match: 'refresh',
  times: 1,
  delayMs: 60 * 1000, // 1 minute: until they are released
  status: 500,
  code: '',
  message: '',
  headers: {},
  body: 'not-json',
} as const

const HERD = 6 // as many as have their requests under way at once: a browser opens six connections to an address
const TOKEN_LIFE_MS = 61 * 60 * 1000 // a minute more

let demo: Demo
test.beforeAll(async () => {
  demo = await startDemo({ port: 5573 })
})
test.afterAll(() => demo.close())

for (const [side, outcomes] of [
  ['stock', ['rotated', ...Array.from({ length: HERD - 1 }, () => 'answered-again')]],
  ['solotab', ['rotated']],
] as const) {
  test(`herd, ${side}: ${HERD} real tabs wake, grants: ${outcomes.length}`, async ({ context }) => {
    const real = new RealTabs(demo, context, side)
    await real.begin(HERD, 'local')
    real.server.faults.add({ ...SLOW, times: HERD })
    await real.passTime(TOKEN_LIFE_MS)
    const loading = real.loadTogether(real.tabs)
    // No answer before all have asked.
    await poll(() => real.outcomes).toEqual(outcomes)
    real.server.faults.clear()
    real.server.waits.releaseAll()
    await loading
    expect(real.outcomes).toEqual(outcomes)
    expect(await real.signedIn()).toEqual(real.tabs.map(() => true))
  })
}

for (const [side, outcomes, stays] of [
  ['stock', ['rotated', 'rotated', 'refused', 'refused'], false],
  ['solotab', ['rotated', 'rotated', 'rotated'], true],
] as const) {
  test(`stale tab, ${side}: both tabs are signed ${stays ? 'in' : 'out'} in the end`, async ({ context }) => {
    const real = new RealTabs(demo, context, side)
    await real.begin(1, 'session')
    const [tab] = real.tabs
    if (!tab) throw new Error('No tab.')
    const old = await real.duplicate(tab)
    for (let hour = 0; hour < 2; hour += 1) {
      await real.passTime(TOKEN_LIFE_MS)
      await real.loadTogether([tab])
    }
    await real.passTime(60 * 1000)
    await real.loadTogether([old])
    await real.passTime(TOKEN_LIFE_MS)
    await real.loadTogether([tab])
    await poll(() => real.signedIn()).toEqual([stays, stays])
    expect(real.outcomes).toEqual(outcomes)
  })
}

for (const [side, outcomes] of [
  ['stock', ['rotated', 'answered-again', 'answered-again', 'answered-again']],
  ['solotab', ['rotated', 'answered-again']],
] as const) {
  test(`leader closed mid-refresh, ${side}, grants: ${outcomes.length}`, async ({ context }) => {
    const real = new RealTabs(demo, context, side)
    await real.begin(4, 'local')
    // With supabase-js alone each refreshes for itself, and the first one is as good as any.
    const leads = await Promise.all(
      real.tabs.map((tab) => tab.getByText('leader', { exact: true }).isVisible()),
    )
    const leader = real.tabs[Math.max(0, leads.indexOf(true))]
    if (!leader) throw new Error('No tab.')
    expect(leads.includes(true)).toBe(side === 'solotab')
    real.server.faults.add(SLOW)
    await real.passTime(TOKEN_LIFE_MS)
    await real.press([leader], 'Load data')
    await poll(() => real.outcomes).toEqual(['rotated'])
    await leader.close()
    await real.loadTogether(real.tabs.filter((tab) => tab !== leader))
    expect(real.outcomes).toEqual(outcomes)
    expect(await real.signedIn()).toEqual([true, true, true])
  })
}
