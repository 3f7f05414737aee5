import { test as base } from '@playwright/test'
import { type AuthServerOptions, startAuthServer } from '@solotab/auth-server'
import { startAppServer } from '../src/app-server.ts'
import { ADA, BOB } from '../src/stage.ts'
import { BUILT } from './built.ts'
import type { Ability, Engine } from './engine.ts'
import { ENGINES, type EngineName } from './engines.ts'
import { Prelude } from './prelude.ts'
import { Scene } from './scene.ts'

const LOOPBACK = '127.0.0.1'

interface Fixtures {
  /** Over the defaults: Ada and Bob exist, tokens live an hour, no rate limit. */
  serverOptions: Partial<AuthServerOptions>
  /** What the engine has to be able to do; otherwise the scenario is skipped. */
  needs: Ability | null
  /** The host name in the address of the app. Another one leads to the app as well, but is no secure context. */
  host: string
  scene: Scene
}

interface WorkerFixtures {
  engineName: EngineName
  /** Null where it is not on this machine. */
  engine: Engine | null
}

/** A scenario: told once, it plays in the engine of the project. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  serverOptions: [{}, { option: true }],
  needs: [null, { option: true }],
  host: [LOOPBACK, { option: true }],
  engineName: ['chromium', { option: true, scope: 'worker' }],
  engine: [
    async ({ engineName }, use) => {
      const start = ENGINES[engineName].find()
      const engine = start ? await start() : null
      await use(engine)
      await engine?.close()
    },
    { scope: 'worker' },
  ],
  scene: async ({ engineName, engine, needs, host, serverOptions }, use, testInfo) => {
    const kind = ENGINES[engineName]
    const reason = needs && kind.cannot[needs]
    testInfo.skip(Boolean(reason), reason ?? '')
    if (!engine && process.env.CI) throw new Error(kind.missing)
    testInfo.skip(!engine, `${kind.title} is not on this machine`)
    if (!engine) return
    const prelude = new Prelude()
    const appServer = await startAppServer(BUILT, prelude.text)
    const server = await startAuthServer({
      control: true,
      rateLimit: null,
      users: [ADA, BOB],
      nowMs: () => Date.now() + prelude.shiftMs,
      ...serverOptions,
    })
    const browser = await engine.newBrowser(host === LOOPBACK ? undefined : appServer.port)
    const origin = `http://${host}:${appServer.port}`
    const note = (description: string) => void testInfo.annotations.push({ type: 'note', description })
    await use(new Scene({ kind, server, origin, browser, prelude, note }))
    await browser.close()
    await server.close()
    await appServer.close()
  },
})

export { expect } from '@playwright/test'
