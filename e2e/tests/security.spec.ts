import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame, Page } from '@playwright/test'
import { poll, settled, signIn, snapshotOf } from '../src/tabs.ts'
import { ADA, expect, test, type World } from '../src/world.ts'

/** What a script that runs in a page of this origin finds in the database. */
const readRecords = (page: Page | Frame) =>
  page.evaluate(
    () =>
      new Promise<[string, unknown][]>((resolve, reject) => {
        const opening = indexedDB.open('solotab')
        opening.onupgradeneeded = () => opening.result.createObjectStore('records')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const store = opening.result.transaction('records').objectStore('records')
          const [keys, values] = [store.getAllKeys(), store.getAll()]
          values.onsuccess = () =>
            resolve(keys.result.map((key, index) => [String(key), values.result[index]]))
          values.onerror = () => reject(values.error)
          opening.result.close()
        }
      }),
  )

const writeRecords = (page: Page, records: [string, unknown][]) =>
  page.evaluate(
    (entries) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('solotab')
        opening.onupgradeneeded = () => opening.result.createObjectStore('records')
        opening.onsuccess = () => {
          const writing = opening.result.transaction('records', 'readwrite')
          for (const [key, value] of entries) writing.objectStore('records').put(value, key)
          writing.oncomplete = () => resolve()
          writing.onerror = () => reject(writing.error)
          opening.result.close()
        }
      }),
    records,
  )

const statusOf = async (tab: Page) => (await snapshotOf(tab)).status

const refresh = (tab: Page) =>
  tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.name ?? null)

async function signedIn(world: World, count: number): Promise<[Page, Page]> {
  const tabs = await world.openMany(count)
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  await signIn(one, ADA)
  await settled(tabs)
  return [one, other]
}

/** The app's site is 127.0.0.1. */
const another = (address: string) => address.replace('127.0.0.1', 'localhost')

/** Puts a frame into a page. */
async function frameIn(page: Page, address: string): Promise<Frame> {
  await page.evaluate(
    (src) => document.body.append(Object.assign(document.createElement('iframe'), { src })),
    address,
  )
  await poll(() => page.frames().some((frame) => frame.url() === address)).toBe(true)
  const frame = page.frames().find((each) => each.url() === address)
  if (!frame) throw new Error('No frame.')
  await frame.waitForLoadState()
  return frame
}

async function pageAt(world: World, address: string): Promise<Page> {
  const page = await world.context.newPage()
  await page.goto(address)
  return page
}

const strangers: Record<string, (world: World, tab: Page) => Promise<Page | Frame>> = {
  'another origin': (world) => pageAt(world, another(world.elsewhere)),
  'a frame of another origin in a page of the app': (world, tab) => frameIn(tab, another(world.elsewhere)),
  "a page of the app's origin, framed by another site": async (world) =>
    frameIn(await pageAt(world, another(world.elsewhere)), world.elsewhere),
}

test.describe('with storage kept apart as users have it', () => {
  test.use({ asUsersHaveIt: true }) // Playwright's own start of Chromium switches that off

  for (const [who, open] of Object.entries(strangers)) {
    test(`${who} finds no record, hears no message and has locks of its own`, async ({ world }) => {
      const [tab] = await signedIn(world, 2)
      const stranger = await open(world, tab)
      const name = await tab.evaluate(() => app.coordinator?.name)
      await stranger.evaluate((given) => {
        const heard: unknown[] = []
        Object.assign(globalThis, { heard })
        new BroadcastChannel(`solotab:${given}`).onmessage = ({ data }) => heard.push(data)
      }, name)
      expect(await refresh(tab)).toBeNull()
      expect((await readRecords(stranger)).length).toBe(0)
      expect(await stranger.evaluate('heard.length')).toBe(0)
      const locksOf = (page: Page | Frame) =>
        page.evaluate(async (given) => {
          const { held = [] } = await navigator.locks.query()
          const isFree = (lock: Lock | null) => lock !== null
          const free = await navigator.locks.request(`solotab:${given}:leader`, { ifAvailable: true }, isFree)
          return { free, held: held.length }
        }, name)
      expect(await locksOf(tab)).toEqual({ free: false, held: 1 })
      expect(await locksOf(stranger)).toEqual({ free: true, held: 0 })
    })
  }
})

test('an injected script can use the session, find the refresh token in the record, and sign out by a message', async ({
  world,
}) => {
  const [tab, other] = await signedIn(world, 2)
  const injected = await pageAt(world, world.elsewhere)
  const [[name, record] = []] = await readRecords(injected)
  const { generation, session } = record as {
    generation: number
    session: { tokens: { access_token: string; refresh_token: string } }
  }
  const { access_token, refresh_token } = session.tokens
  const answer = await fetch(`${world.server.url}/auth/v1/user`, {
    headers: { apikey: 'anon', Authorization: `Bearer ${access_token}` },
  })
  expect(answer.status).toBe(200)
  expect(world.server.state.store.findTokenRow(refresh_token)?.revoked).toBe(false)
  await injected.evaluate(
    ([channel, message]) => new BroadcastChannel(`solotab:${channel}`).postMessage(message),
    [
      name,
      {
        v: 1,
        from: 'x',
        type: 'session',
        generation: generation + 1,
        session: null,
        endReason: 'signed-out',
        failure: null,
        durable: false,
      },
    ] as const,
  )
  for (const each of [tab, other]) await poll(() => statusOf(each)).toBe('signed-out')
  await tab.reload()
  await poll(() => statusOf(tab)).toBe('signed-out')
})

/** Serves the app once more, under a content security policy. */
async function serveUnder(policy: string, world: World) {
  const { origin } = new URL(world.elsewhere)
  const http = createServer(async ({ url = '/' }, response) => {
    const answer = await fetch(origin + url)
    const type = answer.headers.get('Content-Type') ?? 'text/plain'
    response.writeHead(answer.status, { 'Content-Type': type, 'Content-Security-Policy': policy })
    response.end(Buffer.from(await answer.arrayBuffer()))
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const addressOf = (address: string) => address.replace(origin, `http://127.0.0.1:${port}`)
  return { http, addressOf }
}

test('under a policy that forbids eval and inline scripts, tabs sign in, refresh and sign out', async ({
  world,
}) => {
  const policy = "default-src 'none'; script-src 'self'; connect-src *"
  const { http, addressOf } = await serveUnder(policy, world)
  await world.context.addInitScript(() => {
    const refused: string[] = []
    Object.assign(globalThis, { refused })
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => refused.push(violatedDirective))
  })
  const tab = await pageAt(world, addressOf(world.address()))
  const other = await pageAt(world, addressOf(world.address()))
  await signIn(tab, ADA)
  await settled([tab, other])
  expect(await refresh(other)).toBeNull()
  await settled([tab, other])
  expect(await tab.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
  await poll(() => statusOf(other)).toBe('signed-out')
  for (const each of [tab, other]) {
    expect((await each.evaluate<string[]>('refused')).filter((rule) => rule.startsWith('script'))).toEqual([])
  }
  http.close()
  http.closeAllConnections()
})

test('I5, I11: forged and oversized messages end no session, and a forged token is gone at once', async ({
  world,
}) => {
  const tabs = await signedIn(world, 2)
  const [tab, other] = tabs
  const before = await snapshotOf(other)
  const tokenOf = (page: Page) =>
    page.evaluate(() => {
      const now = app.coordinator?.getSnapshot()
      return now?.status === 'signed-in' ? now.session.access_token.length : 0
    })
  const length = await tokenOf(other)
  const [[name, record] = []] = await readRecords(tab)
  const injected = await world.context.newPage()
  await injected.goto(world.elsewhere)
  const forge = (changes: object) =>
    injected.evaluate(
      ([channel, message]) => new BroadcastChannel(`solotab:${channel}`).postMessage(message),
      [
        name,
        {
          v: 1,
          from: 'x',
          type: 'session',
          endReason: 'signed-out',
          failure: null,
          durable: true,
          ...changes,
        },
      ] as const,
    )
  const { generation, session } = record as { generation: number; session: { tokens: object } }
  const next = { generation: generation + 1 }
  const forged = (access_token: string) => ({
    ...session,
    rotation: next.generation,
    tokens: { ...session.tokens, access_token },
  })
  for (const page of tabs) {
    await page.evaluate(() => {
      const ends: string[] = []
      Object.assign(globalThis, { ends })
      app.coordinator?.subscribe(() => ends.push(app.coordinator?.getSnapshot().status ?? ''))
    })
  }
  await forge({ ...next, session: null })
  await forge({ ...next, session: forged('x'.repeat(50_000_000)) })
  await forge({ ...next, session: forged('forged') })
  await poll(() => tabs[1].evaluate('ends.length')).toBeGreaterThan(0)
  await poll(() => tokenOf(other)).toBe(length)
  await poll(() => tokenOf(tab)).toBe(length)
  expect(await snapshotOf(other)).toEqual(before)
  for (const page of tabs) expect(await page.evaluate('ends')).not.toContain('signed-out')
  expect(await refresh(tab)).toBeNull()
  await settled([...tabs])
})

test('a poisoned record is not obeyed, and the open tabs put the session back', async ({ world }) => {
  const [tab, other] = await signedIn(world, 2)
  const [[name] = ['']] = await readRecords(tab)
  for (const poison of [{ v: 1, generation: 'x' }, 'x'.repeat(1_000_000), { v: 1, session: { tokens: 7 } }]) {
    await writeRecords(tab, [[name, poison]])
    expect(await refresh(other)).toBeNull()
    expect(await statusOf(tab)).toBe('signed-in')
    expect(await readRecords(tab)).toMatchObject([[name, { v: 1, generation: expect.any(Number) }]])
  }
})

test('a copied profile ends the session in both places once both have refreshed', async ({
  world,
  browser,
}) => {
  const [tab, other] = await signedIn(world, 2)
  const copy = await browser.newContext()
  const stolen = await copy.newPage()
  await stolen.goto(world.elsewhere)
  await writeRecords(stolen, await readRecords(tab))
  await stolen.goto(world.address())
  await poll(() => statusOf(stolen)).toBe('signed-in')
  // Twice: the parent of the active token would be answered again.
  expect(await refresh(stolen)).toBeNull()
  expect(await refresh(stolen)).toBeNull()
  await world.passTime(60_000)
  await refresh(tab)
  await poll(() => statusOf(tab)).toBe('signed-out')
  await poll(() => statusOf(other)).toBe('signed-out')
  expect(await snapshotOf(other)).toMatchObject({ reason: 'revoked' })
  // A token that was just revoked works for one more reuse interval.
  await world.passTime(60_000)
  await refresh(stolen)
  await poll(() => statusOf(stolen)).toBe('signed-out')
  await copy.close()
})
