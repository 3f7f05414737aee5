import type { Page } from '@playwright/test'
import { openMagicLink, raiseAssurance, sessionElsewhere, signInWithProvider } from '../src/sign-in-flows.ts'
import { settled, signIn } from '../src/tabs.ts'
import { ADA, CLIENT_VERSIONS, expect, type TabOptions, test, type World } from '../src/world.ts'

declare global {
  var witness: (where: string, text: string) => void
}

/** Sees all that pages post, write and print, and knows every refresh token that the server has issued. */
class Witness {
  readonly #world: World
  readonly #tokens = new Set<string>()
  readonly #seen: { where: string; text: string }[] = []

  constructor(world: World) {
    this.#world = world
    const { store } = world.server.state
    const { addTokenRow } = store
    store.addTokenRow = (...row) => {
      const issued = addTokenRow.apply(store, row)
      this.#tokens.add(issued.token)
      return issued
    }
  }

  async begin(): Promise<void> {
    const { context } = this.#world
    await context.exposeFunction('witness', (where: string, text: string) => {
      this.#seen.push({ where, text })
    })
    await context.addInitScript(watch)
    context.on('console', (message) => this.#seen.push({ where: 'console', text: message.text() }))
    context.on('weberror', ({ error }) => {
      const rejected = error()
      this.#seen.push({ where: 'uncaught error', text: `${rejected.message} ${rejected.stack}` })
    })
    context.on('request', (request) =>
      this.#seen.push({ where: 'address of a request', text: request.url() }),
    )
  }

  /** Where refresh tokens were seen so far, among them what these tabs hold now. Never the tokens. */
  async leaks(tabs: readonly Page[]): Promise<string[]> {
    for (const tab of tabs) {
      const held = Object.entries(await tab.evaluate(whatThePageHolds))
      this.#seen.push(...held.map(([where, text]) => ({ where, text })))
    }
    const cookies = JSON.stringify(await this.#world.context.cookies())
    const all = [...this.#seen, { where: 'cookies', text: cookies }]
    const leaking = all.filter(({ text }) => [...this.#tokens].some((token) => text.includes(token)))
    return [...new Set(leaking.map(({ where }) => where))]
  }

  /** How many refresh tokens are in the record: one, the active one. */
  async held(tab: Page): Promise<{ current: number; used: number }> {
    const text = await tab.evaluate(readRecords)
    const found = [...this.#tokens].filter((token) => text.includes(token))
    const active = found.filter(
      (token) => this.#world.server.state.store.findTokenRow(token)?.revoked === false,
    )
    return { current: active.length, used: found.length - active.length }
  }

  get posts(): number {
    return this.#seen.filter(({ where }) => where.startsWith('BroadcastChannel')).length
  }
}

/** Runs in every page before its scripts. */
function watch(): void {
  const tell = (where: string, what: unknown) => globalThis.witness(where, JSON.stringify(what) ?? '')
  const wrap = (owner: object, method: string, where: string) => {
    const members = owner as Record<string, (...args: unknown[]) => unknown>
    const original = members[method]
    members[method] = function (this: { name?: string }, ...args) {
      tell(where, args)
      return original?.apply(this, args)
    }
  }
  wrap(BroadcastChannel.prototype, 'postMessage', 'BroadcastChannel message')
  wrap(MessagePort.prototype, 'postMessage', 'MessagePort message')
  wrap(Window.prototype, 'postMessage', 'window message')
  wrap(window, 'postMessage', 'window message')
  wrap(Storage.prototype, 'setItem', 'localStorage or sessionStorage, written')
  wrap(History.prototype, 'pushState', 'history')
  wrap(History.prototype, 'replaceState', 'history')
}

async function whatThePageHolds() {
  const snapshot = app.coordinator?.getSnapshot()
  return {
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    DOM: document.documentElement.outerHTML,
    cookies: document.cookie,
    address: location.href,
    history: JSON.stringify(history.state),
    snapshot: JSON.stringify(snapshot ?? null),
    diagnostics: JSON.stringify(app.diagnostics),
    'getSession()': JSON.stringify(await app.supabase.auth.getSession()),
  }
}

function readRecords(): Promise<string> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('solotab')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('records').objectStore('records').getAll()
      reading.onerror = () => reject(reading.error)
      reading.onsuccess = () => {
        opening.result.close()
        resolve(JSON.stringify(reading.result))
      }
    }
  })
}

const flows: Record<string, { options?: TabOptions; go: (world: World, tab: Page) => Promise<unknown> }> = {
  password: { go: (_world, tab) => signIn(tab, ADA) },
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
        const witness = new Witness(world)
        await witness.begin()
        const tabs = await world.openMany(2, { client, ...options })
        const [tab, other] = tabs
        if (!tab || !other) throw new Error('No tabs.')
        await go(world, tab)
        const { generation } = await settled(tabs)
        expect(await witness.leaks(tabs)).toEqual([])
        expect(await witness.held(tab)).toEqual({ current: 1, used: 0 })
        for (const each of tabs) {
          expect(await each.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
        }
        await settled(tabs, generation + 2)
        expect(await witness.leaks(tabs)).toEqual([])
        expect(await witness.held(other)).toEqual({ current: 1, used: 0 })
        expect(witness.posts).toBeGreaterThan(0)
        expect(
          await tab.evaluate(async () => (await indexedDB.databases()).map((database) => database.name)),
        ).toEqual(['solotab'])
        expect(await other.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
        expect(await witness.leaks(tabs)).toEqual([])
        expect(await witness.held(tab)).toEqual({ current: 0, used: 0 })
      })
    }
  })
}

test('stock, for comparison: localStorage, messages and sessions have refresh tokens', async ({ world }) => {
  const witness = new Witness(world)
  await witness.begin()
  const tab = await world.open({ mode: 'stock' })
  await signIn(tab, ADA)
  expect(await witness.leaks([tab])).toEqual(
    expect.arrayContaining([
      'localStorage',
      'localStorage or sessionStorage, written',
      'BroadcastChannel message',
      'getSession()',
    ]),
  )
})
