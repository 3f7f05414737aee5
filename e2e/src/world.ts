import { type BrowserContext, test as base, type Page } from '@playwright/test'
import { type AuthServer, type AuthServerOptions, startAuthServer } from '@solotab/auth-server'
import { type AppServer, startAppServer } from './app-server.ts'
import { startChromiumByHand } from './chromium-by-hand.ts'
import { shiftClock } from './shift-clock.ts'
import { ADA, BOB, Stage, type TabOptions } from './stage.ts'

/** One auth server and one browser, with the same clock. */
export class World extends Stage {
  readonly context: BrowserContext
  readonly #clock: { shiftMs: number }

  constructor(server: AuthServer, origin: string, context: BrowserContext, clock: { shiftMs: number }) {
    super(server, origin)
    this.context = context
    this.#clock = clock
  }

  async open(options?: TabOptions): Promise<Page> {
    const page = await this.context.newPage()
    await page.goto(this.address(options))
    return page
  }

  openMany(count: number, options?: TabOptions): Promise<Page[]> {
    return Promise.all(Array.from({ length: count }, () => this.open(options)))
  }

  /** Lets time pass for the server and for all pages, as when a laptop sleeps: timers do not run meanwhile. */
  async passTime(ms: number): Promise<void> {
    this.#clock.shiftMs += ms
    await shiftClock(this.context, this.#clock.shiftMs)
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
export { ADA, BOB, CLIENT_VERSIONS, type TabOptions } from './stage.ts'
