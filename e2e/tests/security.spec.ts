import type { Page } from '@playwright/test'
import { poll, settled, signIn, snapshotOf } from '../src/tabs.ts'
import { ADA, expect, test, type World } from '../src/world.ts'

/** What a script that runs in a page of this origin finds in the database. */
const readRecords = (page: Page) =>
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

test('another origin finds no record and hears no message', async ({ world }) => {
  const [tab] = await signedIn(world, 2)
  const stranger = await world.context.newPage()
  await stranger.goto(world.elsewhere.replace('127.0.0.1', 'localhost'))
  await stranger.evaluate(
    (name) => {
      const heard: unknown[] = []
      Object.assign(globalThis, { heard })
      new BroadcastChannel(`solotab:${name}`).onmessage = ({ data }) => heard.push(data)
    },
    await tab.evaluate(() => app.coordinator?.name),
  )
  expect(await refresh(tab)).toBeNull()
  expect(await readRecords(stranger)).toEqual([])
  expect(await stranger.evaluate('heard')).toEqual([])
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
