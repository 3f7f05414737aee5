import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { claimsOf } from './claims.ts'
import type { Journal } from './journal.ts'
import type { Fact } from './page/fact.ts'

/** Longer than Chromium ever takes on a busy machine, even for a page that is throttled. */
const ANSWER_WITHIN_MS = 30 * 1000 // 30 seconds

/** One real tab, and what is wrong with it at present. */
export class Tab {
  readonly name: string
  /** The page load that runs in it; null before its script has run. */
  load: string | null = null
  /** Whether the page said last that it is signed in; null if it said nothing yet. */
  signedIn: boolean | null = null
  away = false
  offline = false
  slow = false
  isSigningIn = false
  gone = false
  #thawed: (() => void) | null = null
  readonly #page: Page
  readonly #cdp: CDPSession
  readonly #address: string

  private constructor(name: string, page: Page, cdp: CDPSession, address: string) {
    this.name = name
    this.#page = page
    this.#cdp = cdp
    this.#address = address
  }

  static async open(context: BrowserContext, name: string, address: string, journal: Journal): Promise<Tab> {
    const page = await within(context.newPage())
    const cdp = await within(context.newCDPSession(page))
    const tab = new Tab(name, page, cdp, address)
    cdp.on('Runtime.bindingCalled', ({ name: binding, payload }) => {
      if (binding !== 'chaosTell') return
      const fact = JSON.parse(payload) as Fact
      journal.facts.push(fact)
      tab.#hear(fact)
    })
    page.on('crash', () => {
      // Chromium may put two tabs into one process: then a crash takes both.
      if (!tab.gone) tab.lose('crashed', journal)
    })
    await within(cdp.send('Runtime.enable'))
    await within(cdp.send('Runtime.addBinding', { name: 'chaosTell' }))
    await within(cdp.send('Network.enable'))
    await within(page.goto(address))
    return tab
  }

  get frozen(): boolean {
    return this.#thawed !== null
  }

  /** Can be told to do something, and does it. */
  get runs(): boolean {
    return !this.gone && !this.frozen && !this.away
  }

  #hear(fact: Fact): void {
    this.load = fact.load
    if (fact.type === 'signed-in') this.signedIn = true
    if (fact.type === 'signed-out') this.signedIn = false
    // Chromium thaws a page by itself when it shows it in place of a tab that is gone.
    if (fact.type === 'page' && fact.event === 'resume') this.#endFreeze()
    // The page is back, from the back-forward cache or anew.
    if (fact.type === 'page' && fact.event === 'pageshow') this.away = false
  }

  /** Its page load is over, whatever was going on in it. */
  lose(how: 'closed' | 'crashed' | 'reloaded', journal: Journal): void {
    if (this.load) journal.begin(how, this.load)
    this.signedIn = null
    if (how !== 'reloaded') this.gone = true
  }

  close(): Promise<void> {
    return within(this.#page.close())
  }

  async crash(): Promise<void> {
    const crashed = this.#page.waitForEvent('crash')
    // A dead process does not answer.
    this.#cdp.send('Page.crash').catch(() => {})
    await within(crashed)
    await this.close()
  }

  async reload(): Promise<void> {
    await within(this.#page.goto(this.#address))
  }

  show(): Promise<void> {
    return within(this.#page.bringToFront())
  }

  async freeze(journal: Journal): Promise<void> {
    this.#thawed = journal.begin('frozen', this.load)
    await within(this.#cdp.send('Page.setWebLifecycleState', { state: 'frozen' }))
  }

  async thaw(): Promise<void> {
    if (this.frozen) await within(this.#cdp.send('Page.setWebLifecycleState', { state: 'active' }))
    this.#endFreeze()
  }

  #endFreeze(): void {
    this.#thawed?.()
    this.#thawed = null
  }

  async leaveFor(address: string): Promise<void> {
    this.away = true
    await within(this.#page.goto(address))
  }

  async comeBack(): Promise<void> {
    // After the answer, which would be lost with the page.
    await within(this.#page.evaluate(() => void setTimeout(() => history.back())))
  }

  async setNetwork({ offline, latencyMs }: { offline: boolean; latencyMs: number }): Promise<void> {
    this.offline = offline
    this.slow = latencyMs > 0
    const asItIs = { downloadThroughput: -1, uploadThroughput: -1 }
    const conditions = { offline, latency: latencyMs, ...asItIs }
    await within(this.#cdp.send('Network.emulateNetworkConditions', conditions))
  }

  async setProcessor(times: number): Promise<void> {
    await within(this.#cdp.send('Emulation.setCPUThrottlingRate', { rate: times }))
  }

  /** Resolves with the id of the session, or null if that could not be had. */
  async signIn(credentials: { email: string; password: string }): Promise<string | null> {
    this.isSigningIn = true
    try {
      const token = await within(
        this.#page.evaluate(async (given) => {
          const { data } = await chaos.supabase.auth.signInWithPassword(given)
          return data.session?.access_token ?? null
        }, credentials),
      )
      return token && (claimsOf(token)?.session_id ?? null)
    } finally {
      this.isSigningIn = false
    }
  }

  /** Asks for a rotation without waiting for it. */
  askForRotation(): Promise<void> {
    return within(
      this.#page.evaluate(() => {
        const { coordinator, supabase } = chaos
        if (coordinator) coordinator.refresh().catch(() => {})
        else void supabase.auth.refreshSession()
      }),
    )
  }

  /** The generation that it shows, signed in; null if it is not. */
  generation(): Promise<number | null> {
    return within(
      this.#page.evaluate(() => {
        const now = chaos.coordinator?.getSnapshot()
        return now?.status === 'signed-in' ? now.generation : null
      }),
    )
  }
}

/** Chromium may never answer for a page that it is about to lose. */
async function within<T>(work: Promise<T>): Promise<T> {
  const late = AbortSignal.timeout(ANSWER_WITHIN_MS)
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      late.addEventListener('abort', () => reject(new Error('Chromium does not answer')))
    }),
  ])
}
