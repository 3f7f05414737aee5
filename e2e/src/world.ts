import { type BrowserContext, test as base, type Page } from '@playwright/test'
import {
  type AuthServer,
  type AuthServerOptions,
  type Fault,
  type GrantEntry,
  startAuthServer,
} from '@solotab/auth-server'
import { type AppServer, startAppServer } from './app-server.ts'
import { startChromiumByHand } from './chromium-by-hand.ts'
import { shiftClock } from './shift-clock.ts'

export const ADA = { email: 'ada@example.com', password: 'correct horse' }
export const BOB = { email: 'bob@example.com', password: 'battery staple' }

export type ClientVersion = '2.119' | '2.100'
export const CLIENT_VERSIONS: readonly ClientVersion[] = ['2.119', '2.100']

/** The query parameters of the page in `e2e/app`. */
export interface TabOptions {
  /** `solotab` is made of the parts of `coordinate`, `client` by `createCoordinatedClient`. */
  readonly mode?: 'stock' | 'solotab' | 'client'
  readonly client?: ClientVersion
  readonly flow?: 'pkce' | 'implicit'
  readonly storage?: 'session'
  readonly refreshToken?: 'plain'
  readonly requestTimeoutMs?: number
  /** Has the page ask for the session at once, and note how long that took. */
  readonly measure?: 'session'
}

const PLAIN_FAULT = {
  match: 'refresh',
  times: 1,
  delayMs: 0,
  status: 500,
  code: 'unexpected_failure',
  message: 'Injected failure',
  headers: {},
  body: 'not-json',
} as const

/** One auth server and one browser, with the same clock. */
export class World {
  readonly server: AuthServer
  readonly context: BrowserContext
  readonly #origin: string
  readonly #clock: { shiftMs: number }
  #opened = 0

  constructor(server: AuthServer, origin: string, context: BrowserContext, clock: { shiftMs: number }) {
    this.server = server
    this.context = context
    this.#origin = origin
    this.#clock = clock
  }

  /** The address of a tab of that name; the server's list of grants has the names. */
  address(options: TabOptions = {}, name = `${++this.#opened}`): string {
    const query = Object.entries({ server: this.server.url, tab: name, ...options })
    return `${this.#origin}/?${new URLSearchParams(query.map(([key, value]) => [key, String(value)]))}`
  }

  /** Another page of the app's origin, without an app in it. */
  get elsewhere(): string {
    return `${this.#origin}/elsewhere`
  }

  async open(options?: TabOptions): Promise<Page> {
    const page = await this.context.newPage()
    await page.goto(this.address(options))
    return page
  }

  openMany(count: number, options?: TabOptions): Promise<Page[]> {
    return Promise.all(Array.from({ length: count }, () => this.open(options)))
  }

  /** Every refresh token grant that has reached the server. */
  refreshes(): readonly GrantEntry[] {
    return this.server.state.grantLog.entries.filter(({ grantType }) => grantType === 'refresh_token')
  }

  /** Lets time pass for the server and for all pages, as when a laptop sleeps: timers do not run meanwhile. */
  async passTime(ms: number): Promise<void> {
    this.#clock.shiftMs += ms
    await shiftClock(this.context, this.#clock.shiftMs)
  }

  /** Lets the next request that matches go wrong; by default the next refresh token grant. */
  fault(fault: Pick<Fault, 'kind'> & Partial<Fault>): void {
    this.server.state.faults.add({ ...PLAIN_FAULT, ...fault })
  }

  /** Faults to come are removed, and all that waits goes on. */
  release(): void {
    this.server.state.faults.clear()
    this.server.state.waits.releaseAll()
  }
}

interface Fixtures {
  /** Over the defaults: Ada and Bob exist, tokens live an hour, no rate limit. */
  serverOptions: Partial<AuthServerOptions>
  /** Whether the browser is one with really hidden tabs and a back-forward cache. */
  asUsersHaveIt: boolean
  /** The host name in the address of the app; it has to mean this machine. */
  host: string
  clock: { shiftMs: number }
  server: AuthServer
  world: World
}

export const test = base.extend<Fixtures, { appServer: AppServer }>({
  serverOptions: [{}, { option: true }],
  host: ['127.0.0.1', { option: true }],
  asUsersHaveIt: [false, { option: true }],
  context: async ({ asUsersHaveIt, context, launchOptions }, use) => {
    if (!asUsersHaveIt) return use(context)
    const chromium = await startChromiumByHand(launchOptions.executablePath ?? '')
    await use(chromium.context)
    await chromium.close()
  },
  appServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern.
    async ({}, use) => {
      const appServer = await startAppServer()
      await use(appServer)
      await appServer.close()
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  clock: async ({}, use) => {
    await use({ shiftMs: 0 })
  },
  server: async ({ serverOptions, clock }, use) => {
    const server = await startAuthServer({
      control: true,
      rateLimit: null,
      users: [ADA, BOB],
      nowMs: () => Date.now() + clock.shiftMs,
      ...serverOptions,
    })
    await use(server)
    await server.close()
  },
  world: async ({ server, appServer, context, clock, host }, use) => {
    await shiftClock(context, 0)
    const world = new World(server, `http://${host}:${appServer.port}`, context, clock)
    await use(world)
  },
})

export { expect } from '@playwright/test'
