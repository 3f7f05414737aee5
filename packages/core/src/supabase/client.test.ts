import { createClient } from '@supabase/supabase-js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CoordinatedClientOptions } from './coordination.ts'
import { createCoordinatedClient } from './create-coordinated-client.ts'
import { isHandle } from './seals.ts'
import { clientWorlds, KEY, outcomeOf, sessionOf } from './testing/client-pages.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

declare const process: Record<
  'on' | 'off',
  (type: 'unhandledRejection', listener: (error: unknown) => void) => void
>

const world = clientWorlds()

describe('an option that leaves no session to share is refused by its name', () => {
  test.each<[string, string, CoordinatedClientOptions]>([
    ['userStorage', KEY, { auth: { userStorage: { getItem: () => null, setItem() {}, removeItem() {} } } }],
    ['persistSession', KEY, { auth: { persistSession: false } }],
    ['accessToken', KEY, { accessToken: async () => null }],
    ['supabaseKey', '', {}],
  ])('%s', (option, key, options) => {
    const create = () => createCoordinatedClient(world().url, key, options)
    const message = expect.stringContaining(option)
    expect(create).toThrow(expect.objectContaining({ code: 'option_invalid', message }))
    // Nothing was started: the name is free.
    expect(() => world().open()).not.toThrow()
  })
})

describe('a session from before the app had Solotab', () => {
  test('is taken over if it says only when it expires, and has one place only then', async () => {
    const { server, items, storageKey, open } = world()
    const { expires_in, ...earlier } = server.signIn()
    items.set(storageKey, JSON.stringify(earlier))
    const page = open()
    await page.auth.initialize()
    expect(sessionOf(page).access_token).toBe(earlier.access_token)
    expect(isHandle(sessionOf(page).refresh_token)).toBe(true)
    expect([...items.keys()]).toEqual([])
    await page.coordinator.refresh()
    expect(server.grants()).toEqual([earlier.refresh_token])
  })

  test.each([
    ['text', 'nothing of ours'],
    ['null', 'null'],
    ['an object without tokens', '{"user":{"id":"ada"}}'],
    ['tokens without an expiry', '{"access_token":"a","refresh_token":"r","expires_in":"soon"}'],
  ])('is none if it is %s, which stays where it is', async (_, stored) => {
    const { server, items, storageKey, open } = world()
    items.set(storageKey, stored)
    const page = open()
    await page.auth.initialize()
    expect((await page.auth.getSession()).data.session).toBeNull()
    expect(page.coordinator.getSnapshot()).toMatchObject({ status: 'signed-out', generation: 0 })
    expect(items.get(storageKey)).toBe(stored)
    expect(server.sent).toEqual([])
  })
})

describe('close() while the stored session is being read', () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  beforeEach(() => void process.on('unhandledRejection', note))
  afterEach(() => void process.off('unhandledRejection', note))

  test('leaves no rejection unhandled, and after start() the session is there', async () => {
    const { server, items, storageKey, open } = world()
    const earlier = server.signIn()
    items.set(storageKey, JSON.stringify(earlier))
    const page = open()
    expect(page.coordinator.getSnapshot().status).toBe('loading')
    await page.coordinator.close()
    await page.auth.initialize()
    await page.settle()
    expect(unhandled).toEqual([])

    page.coordinator.start()
    const { data } = await page.auth.getSession()
    expect(data.session?.access_token).toBe(earlier.access_token)
    expect(outcomeOf(page)).toBe('signed-in')
    expect(unhandled).toEqual([])
  })
})

describe('without a page', () => {
  beforeEach(() => void vi.unstubAllGlobals())

  /** What an app sees of signing in and out, and what the server does. */
  const run = async (auth: ReturnType<typeof createClient>['auth']) => {
    const { server } = world()
    const from = server.sent.length
    const events: string[] = []
    auth.onAuthStateChange((event) => void events.push(event))
    const signIn = await auth.signInWithPassword({ email: 'ada', password: 'secret' })
    expect(signIn.data.session?.refresh_token).toBe(server.issued.at(-1))
    const refreshed = await auth.refreshSession()
    expect(refreshed.data.session?.refresh_token).toBe(server.issued.at(-1))
    const signOut = await auth.signOut()
    const { data } = await auth.getSession()
    await auth.dispose()
    const sent = server.sent.slice(from).map(({ method, path }) => `${method} ${path}`)
    return { events, sent, errors: [signIn.error, refreshed.error, signOut.error], left: data.session }
  }

  test('the client signs in and out as plain supabase-js does, and nothing is coordinated', async () => {
    const { url, server } = world()
    const options = { global: { fetch: server.fetch } }
    const { supabase, coordinator } = createCoordinatedClient(url, KEY, options)
    const coordinated = await run(supabase.auth)
    expect(coordinated).toEqual(await run(createClient(url, KEY, options).auth))
    expect(coordinated).toMatchObject({ errors: [null, null, null], left: null })
    expect(coordinator.getSnapshot()).toMatchObject({ status: 'loading', generation: 0 })
    await expect(coordinator.getAccessToken()).rejects.toMatchObject({ code: 'not_started' })
  })
})
