import { createClient, type Session } from '@supabase/supabase-js'
import { describe, expect, test, vi } from 'vitest'
import { coordinate } from './coordination.ts'
import { isHandle } from './seals.ts'
import { type ClientPage, clientWorlds, KEY, outcomeOf, sessionOf } from './testing/client-pages.ts'
import { isGrant, json } from './testing/fake-auth-server.ts'

vi.mock('../adapters/indexed-db.ts', () => import('./testing/fake-indexed-db.ts'))

const world = clientWorlds()

const inMode = (refreshToken: 'sealed' | 'plain') => ({
  solotab: { refreshToken },
  global: { fetch: world().server.fetch },
})

describe('setSession() with a session from elsewhere whose access token has expired', () => {
  test.each<[string, () => Response]>([
    ['an answer 503', () => json({}, 503)],
    [
      'a dropped connection',
      () => {
        throw new TypeError('dropped')
      },
    ],
  ])('sends its refresh token again after %s, and takes the session', async (_, fail) => {
    const { server, open } = world()
    const page = open()
    const foreign = server.signIn('eve', -10)
    server.override = (request) => (isGrant(request) && server.grants().length === 1 ? fail() : undefined)
    const { data, error } = await page.auth.setSession(foreign)
    expect(error).toBeNull()
    expect(server.grants()).toEqual([foreign.refresh_token, foreign.refresh_token])
    expect(sessionOf(page).access_token).toBe(data.session?.access_token)
    expect(isHandle(sessionOf(page).refresh_token)).toBe(true)
    const next = server.issued.at(-1)
    await page.coordinator.refresh()
    expect(server.grants().at(-1)).toBe(next)
  })

  test('returns the new refresh token in plain mode', async () => {
    const { server, open } = world()
    const page = open(inMode('plain'))
    const { data } = await page.auth.setSession(server.signIn('eve', -10))
    expect(data.session?.refresh_token).toBe(server.issued.at(-1))
    expect(sessionOf(page).refresh_token).toBe(server.issued.at(-1))
    expect(server.grants()).toHaveLength(1)
  })
})

describe('a second factor', () => {
  const verified = async (mode: 'sealed' | 'plain') => {
    const page = world().open(inMode(mode))
    const before = await page.signIn()
    const factor = { factorId: 'f', challengeId: 'c', code: '123456' }
    const { data } = await page.auth.mfa.verify(factor)
    return { page, before, data }
  }

  test('is answered with the refresh token in plain mode', async () => {
    const { page, data } = await verified('plain')
    expect(data?.refresh_token).toBe(world().server.issued.at(-1))
    expect(sessionOf(page).refresh_token).toBe(data?.refresh_token)
  })

  test('is answered with the handle that there was in sealed mode', async () => {
    const { page, before, data } = await verified('sealed')
    expect(isHandle(before.refresh_token)).toBe(true)
    expect(data?.refresh_token).toBe(before.refresh_token)
    expect(sessionOf(page)).toMatchObject({
      access_token: data?.access_token,
      refresh_token: before.refresh_token,
    })
  })
})

describe('a second factor that is verified too late', () => {
  test.each<[string, (page: ClientPage) => Promise<unknown>, string | null]>([
    ['a sign-out', ({ coordinator }) => coordinator.signOut(), null],
    ["another user's sign-in", ({ coordinator }) => coordinator.signIn(world().server.signIn('bob')), 'bob'],
  ])('I6: after %s brings no session back', async (_, meanwhile, user) => {
    const { server, open } = world()
    const page = open()
    await page.signIn('ada')
    server.override = async ({ path }) => {
      if (!path.startsWith('/factors/')) return undefined
      await meanwhile(page)
      return json(server.signIn('ada'))
    }
    const factor = { factorId: 'f', challengeId: 'c', code: '123456' }
    const { data, error } = await page.auth.mfa.verify(factor)
    await page.settle()
    expect([data, error?.name]).toEqual([null, 'AuthSessionMissingError'])
    expect((await page.auth.getSession()).data.session?.user.id ?? null).toBe(user)
    expect(outcomeOf(page)).toBe(user ? 'signed-in' : 'signed-out')
  })
})

test('in plain mode, auth-js that tries again after being offline gets the session that is there by now', async () => {
  const { url, server, add } = world()
  const { coordinator, fetch, options, attach } = coordinate(url, KEY, inMode('plain'))
  // What auth-js asks after the failure waits until the token has been rotated.
  const asked: unknown[] = []
  const failed: unknown[] = []
  let goOn = () => {}
  const rotated = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const watched: typeof fetch = async (input, init) => {
    if (!String(input).includes('grant_type=refresh_token')) return fetch(input, init)
    asked.push(JSON.parse(String(init?.body)).refresh_token)
    if (asked.length > 1) await rotated
    return fetch(input, init).catch((error: unknown) => {
      failed.push(error)
      throw error
    })
  }
  coordinator.start()
  const client = createClient(url, KEY, { ...options, global: { fetch: watched } })
  attach(client)
  const page = add(client.auth, coordinator)

  server.override = (request) => {
    if (isGrant(request)) throw new TypeError('offline')
    // Its access token has no time left.
    return request.path.includes('grant_type=password') ? json(server.signIn('ada', 1)) : undefined
  }
  const shown = await page.signIn()
  const pending = page.auth.getSession()
  await vi.waitFor(() => expect(failed).toHaveLength(1))
  server.override = () => undefined
  // By its own schedule.
  await vi.waitFor(() => expect(sessionOf(page).refresh_token).toBe(server.issued[1]), 5000)
  const sent = server.grants().length
  goOn()

  const { data, error } = await pending
  expect(error).toBeNull()
  expect(asked).toEqual([shown.refresh_token, shown.refresh_token])
  expect(data.session?.access_token).toBe(sessionOf(page).access_token)
  expect(server.grants()).toHaveLength(sent)
  expect(outcomeOf(page)).toBe('signed-in')
})

describe('the handle of a session that has ended', () => {
  test.each<[string, number]>([
    ['setSession() of it', 3600],
    ['setSession() of it, expired,', -10],
    ['refreshSession() of it', 3600],
  ])('%s finds no session, sends nothing and leaves the current one', async (call, lifetimeSeconds) => {
    const { server, open } = world()
    const page = open()
    const { refresh_token } = await page.signIn('ada')
    await page.signIn('bob')
    const current = sessionOf(page)
    const ended = { ...server.signIn('ada', lifetimeSeconds), refresh_token }
    const sent = server.sent.length
    const { data, error } = call.startsWith('set')
      ? await page.auth.setSession(ended)
      : await page.auth.refreshSession(ended)
    await page.settle()
    expect(error?.name).toBe('AuthSessionMissingError')
    expect(data.session).toBeNull()
    expect(server.sent).toHaveLength(sent)
    expect(sessionOf(page)).toBe(current)
    expect(page.heard).toEqual([])
  })
})

describe('in plain mode, an older session of the same sign-in', () => {
  const rotatedOnce = async (expiresIn?: number) => {
    const { server, open } = world()
    const page = open(inMode('plain'))
    if (expiresIn !== undefined) {
      server.override = (request) =>
        request.path.includes('grant_type=password') ? json(server.signIn('ada', expiresIn)) : undefined
    }
    const old = await page.signIn()
    await page.auth.getSession()
    server.override = () => undefined
    await page.coordinator.refresh()
    return { server, page, old, sent: server.grants().length }
  }

  test.each([
    [
      'setSession()',
      (page: ReturnType<ReturnType<typeof world>['open']>, old: Session) => page.auth.setSession(old),
    ],
    [
      'refreshSession()',
      (page: ReturnType<ReturnType<typeof world>['open']>, old: Session) => page.auth.refreshSession(old),
    ],
  ])('brings no used refresh token back by %s', async (_, give) => {
    const { server, page, old } = await rotatedOnce()
    await give(page, old)
    await page.coordinator.refresh()
    expect(server.grants().filter((token) => token === old.refresh_token)).toHaveLength(1)
    expect(page.coordinator.getSnapshot().status).toBe('signed-in')
    expect(sessionOf(page).refresh_token).toBe(server.issued.at(-1))
  })

  test('is answered with the current one when its access token has expired', async () => {
    const { server, page, old, sent } = await rotatedOnce(-10)
    const { data } = await page.auth.setSession(old)
    expect(data.session?.refresh_token).toBe(server.issued.at(-1))
    expect(server.grants()).toHaveLength(sent)
  })
})
