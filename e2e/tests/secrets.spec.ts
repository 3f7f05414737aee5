import type { Page } from '@playwright/test'
import { openMagicLink, raiseAssurance, sessionElsewhere, signInWithProvider } from '../src/sign-in-flows.ts'
import { settled, signIn } from '../src/tabs.ts'
import { readRecords, Witness, watch } from '../src/witness.ts'
import { ADA, CLIENT_VERSIONS, expect, type TabOptions, test, type World } from '../src/world.ts'

/** Sees in a context of Playwright's what no page can: the console, uncaught errors, requests, cookies. */
async function witnessIn(world: World) {
  const witness = new Witness(world)
  const { context } = world
  /** The keys of what was ever put into localStorage or sessionStorage. */
  const items: string[] = []
  /** Where requests went. */
  const origins = new Set<string>()
  await context.exposeFunction('witness', (where: string, text: string) => {
    if (where.startsWith('localStorage')) items.push(JSON.parse(text)[0])
    witness.see(where, text)
  })
  await context.addInitScript(watch)
  context.on('console', (message) => witness.see('console', message.text()))
  context.on('weberror', ({ error }) => {
    const rejected = error()
    witness.see('uncaught error', `${rejected.message} ${rejected.stack}`)
  })
  context.on('request', (request) => {
    witness.see('address of a request', request.url())
    origins.add(new URL(request.url()).origin)
  })
  context.on('page', (page) => {
    page.on('websocket', (socket) => origins.add(new URL(socket.url()).origin))
  })
  return { witness, items, origins }
}

/** How many different JSON Web Tokens are in the record. */
const accessTokensHeld = async (tab: Page) =>
  new Set((await tab.evaluate(readRecords)).match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g)).size

/** How auth-js finds out whether there is a localStorage: put in, and taken out at once. */
const isTrial = (key: string) => key.startsWith('lswt-')
const isVerifier = (key: string) => key.endsWith('-code-verifier')

const flows: Record<string, { options?: TabOptions; go: (world: World, tab: Page) => Promise<unknown> }> = {
  'OAuth with PKCE': { options: { flow: 'pkce' }, go: (_world, tab) => signInWithProvider(tab) },
  'OAuth with an implicit redirect': { go: (_world, tab) => signInWithProvider(tab) },
  'a magic link with an implicit redirect': { go: (world, tab) => openMagicLink(world, tab, ADA.email) },
  'setSession with a valid access token': {
    go: async (world, tab) => {
      const session = await sessionElsewhere(world, ADA)
      expect(
        await tab.evaluate((given) => app.supabase.auth.setSession(given).then((r) => r.error), session),
      ).toBeNull()
    },
  },
  'setSession with an expired access token': {
    go: async (world, tab) => {
      const session = await sessionElsewhere(world, ADA)
      await world.passTime(2 * 60 * 60 * 1000)
      expect(
        await tab.evaluate((given) => app.supabase.auth.setSession(given).then((r) => r.error), session),
      ).toBeNull()
    },
  },
  'a password and a second factor': {
    go: async (world, tab) => {
      await signIn(tab, ADA)
      expect(await raiseAssurance(world, tab)).toBeNull()
    },
  },
}

for (const client of CLIENT_VERSIONS) {
  test.describe(`client ${client}: the record is the only place of a refresh token`, () => {
    for (const [name, { options, go }] of Object.entries(flows)) {
      test(`after ${name}, and rotations`, async ({ world }) => {
        const { witness, items, origins } = await witnessIn(world)
        const tabs = await world.openMany(2, { client, ...options })
        const [tab, other] = tabs
        if (!tab || !other) throw new Error('No tabs.')
        const leaks = async () => {
          witness.see('cookies', JSON.stringify(await world.context.cookies()))
          return witness.leaks(tabs)
        }
        await go(world, tab)
        const { generation } = await settled(tabs)
        expect(await leaks()).toEqual([])
        expect(await witness.held(tab)).toEqual({ current: 1, used: 0 })
        for (const each of tabs) {
          expect(await each.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
        }
        await settled(tabs, generation + 2)
        expect(await leaks()).toEqual([])
        expect(await witness.held(other)).toEqual({ current: 1, used: 0 })
        expect(await accessTokensHeld(other)).toBe(1)
        expect(witness.posts).toBeGreaterThan(0)
        expect(
          await tab.evaluate(async () => (await indexedDB.databases()).map((database) => database.name)),
        ).toEqual(['solotab'])
        expect(await other.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
        expect(await leaks()).toEqual([])
        expect(await witness.held(tab)).toEqual({ current: 0, used: 0 })
        expect(await accessTokensHeld(tab)).toBe(0)
        const stored = await tab.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))
        const kept = [...items.filter((key) => !isTrial(key)), ...stored]
        expect(kept.filter((key) => !isVerifier(key))).toEqual([])
        expect(items.some(isVerifier)).toBe(options?.flow === 'pkce')
        const own = [world.elsewhere, world.server.url].map((address) => new URL(address).origin)
        expect([...origins].sort()).toEqual(own.sort())
      })
    }
  })
}
