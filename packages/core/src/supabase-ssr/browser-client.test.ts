import { createBrowserClient } from '@supabase/ssr'
import type { Session } from '@supabase/supabase-js'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { isHandle } from '../supabase/seals.ts'
import { type ClientPage, clientWorlds, KEY, outcomeOf, sessionOf } from '../supabase/testing/client-pages.ts'
import { isGrant, json, sessionNotFound } from '../supabase/testing/fake-auth-server.ts'
import { coordinateBrowserClient } from './coordinate-browser-client.ts'
import { createCoordinatedBrowserClient } from './create-coordinated-browser-client.ts'
import { createCookieJar } from './testing/cookie-jar.ts'

vi.mock('../adapters/indexed-db.ts', () => import('../supabase/testing/fake-indexed-db.ts'))

const world = clientWorlds()
const jarOf = () => createCookieJar(world())

const sessionSeenBy = async ({ auth }: ClientPage): Promise<Session | null> =>
  (await auth.getSession()).data.session

const signedIn = async () => {
  const jar = jarOf()
  const page = jar.open()
  await page.signIn()
  return { jar, page, server: world().server }
}

/** The session as it was, with an access token that has expired by every clock. */
const expired = (session: Session | null): Session => {
  if (!session) throw new Error('There is no session in the cookies.')
  return { ...session, expires_at: 1 }
}

describe('the cookies', () => {
  test('have the session when the sign-in resolves, with the handle, and a server can use it', async () => {
    const { jar, page, server } = await signedIn()
    const { access_token } = sessionOf(page)
    // The end of a second may lie between the server's clock and this page's.
    const { exp: expires_at } = JSON.parse(atob(access_token.split('.')[1] ?? ''))
    expect(jar.session()).toEqual({ ...sessionOf(page), expires_at })
    expect(isHandle(jar.session()?.refresh_token ?? '')).toBe(true)
    expect((await jar.atServer().getUser()).data.user?.id).toBe('ada')
    expect(server.grants()).toEqual([])
  })

  test('have the new access token when refreshSession() resolves', async () => {
    const { jar, page } = await signedIn()
    const before = jar.session()
    const { data } = await page.auth.refreshSession()
    expect(jar.session()?.access_token).toBe(data.session?.access_token)
    expect(jar.session()?.access_token).not.toBe(before?.access_token)
    expect(jar.session()?.refresh_token).toBe(before?.refresh_token)
  })

  test('follow a rotation that the coordinator makes', async () => {
    const { jar, page } = await signedIn()
    const { access_token } = await page.coordinator.refresh()
    await vi.waitFor(() => expect(jar.session()?.access_token).toBe(access_token))
  })

  test('are gone when signOut() resolves', async () => {
    const { jar, page } = await signedIn()
    expect(await page.auth.signOut()).toEqual({ error: null })
    expect(jar.names()).toEqual([])
    expect(await sessionSeenBy(page)).toBeNull()
  })

  test('grow and shrink in chunks', async () => {
    const { jar, page } = await signedIn()
    expect(jar.names()).toHaveLength(1)
    await page.auth.updateUser({ data: { about: 'x'.repeat(6000) } })
    expect(jar.names().length).toBeGreaterThan(2)
    expect(jar.session()?.user.user_metadata.about).toHaveLength(6000)
    await page.auth.updateUser({ data: { about: 'x' } })
    expect(jar.names()).toHaveLength(1)
    expect(jar.session()?.user.user_metadata.about).toBe('x')
  })

  test('say when the token expires by the clock of the server', async () => {
    const { server } = world()
    const exp = 4_000_000_000
    const claims = btoa(JSON.stringify({ session_id: 'far ahead', iat: exp - 3600, exp }))
    server.override = ({ path }) =>
      path.includes('grant_type=password')
        ? json({ ...server.signIn(), access_token: `e30.${claims}.signature` })
        : undefined
    const jar = jarOf()
    const page = jar.open()
    await page.signIn()
    expect(jar.session()?.expires_at).toBe(exp)
    expect(sessionOf(page).expires_at).toBeLessThan(exp)
  })

  test('with a handle that stands for nothing any more are removed, and nobody is signed in', async () => {
    const { server } = world()
    const jar = jarOf()
    jar.put({ ...server.signIn(), refresh_token: 'solotab-of-a-cleared-database' })
    const page = jar.open()
    expect(await sessionSeenBy(page)).toBeNull()
    expect(jar.names()).toEqual([])
    expect(server.sent).toEqual([])
  })
})

describe('a server with an expired access token and the handle', () => {
  // auth-js tells the console of the refresh that it could not make.
  beforeEach(() => {
    const silenced = vi.spyOn(console, 'warn').mockImplementation(() => {})
    return () => silenced.mockRestore()
  })

  test('cannot refresh, and the browser stays signed in by one grant, and mends the cookies', async () => {
    const { jar, page, server } = await signedIn()
    const { refresh_token: handle } = sessionOf(page)
    jar.put(expired(jar.session()))
    expect((await jar.atServer().getUser()).data.user).toBeNull()
    expect(jar.names()).toEqual([])
    expect(server.grants()).toEqual([handle])

    const session = await sessionSeenBy(page)
    expect(session?.user.id).toBe('ada')
    expect(jar.session()?.access_token).toBe(session?.access_token)
    expect(server.grants()).toEqual([handle, server.issued[0]])
    await sessionSeenBy(page)
    expect(server.grants()).toHaveLength(2)
    expect(page.heard).not.toContain('SIGNED_OUT')
  })

  test('leaves the browser signed in if that grant cannot be made now', async () => {
    const { jar, page, server } = await signedIn()
    jar.put(expired(jar.session()))
    await jar.atServer().getUser()
    server.override = (request) => (isGrant(request) ? new Response(null, { status: 503 }) : undefined)
    expect((await sessionSeenBy(page))?.user.id).toBe('ada')
    expect(jar.session()).toEqual(sessionOf(page))
  })
})

test('a browser that keeps no cookies has a session all the same, and makes one grant, not many', async () => {
  const page = jarOf().open({ cookies: { getAll: () => [], setAll() {} } })
  await page.signIn()
  for (const _ of [1, 2, 3]) expect((await sessionSeenBy(page))?.user.id).toBe('ada')
  expect(world().server.grants().length).toBeLessThanOrEqual(1)
})

describe('what a server does with the session', () => {
  test('a sign-in before the page is loaded is adopted, and the real refresh token is gone', async () => {
    const { server } = world()
    const jar = jarOf()
    await jar.atServer().signInWithPassword({ email: 'ada', password: 'secret' })
    expect(jar.session()?.refresh_token).toBe(server.issued[0])
    const page = jar.open()
    const session = await sessionSeenBy(page)
    expect(session?.user.id).toBe('ada')
    expect(isHandle(session?.refresh_token ?? '')).toBe(true)
    expect(jar.session()).toMatchObject({
      access_token: session?.access_token,
      refresh_token: session?.refresh_token,
    })
    expect((await page.auth.refreshSession()).error).toBeNull()
    expect(server.grants()).toEqual([server.issued[0]])
  })

  test('a sign-in while the page is open is adopted with the next getSession(), and told', async () => {
    const jar = jarOf()
    const page = jar.open()
    expect(await sessionSeenBy(page)).toBeNull()
    await jar.atServer().signInWithPassword({ email: 'ada', password: 'secret' })
    expect((await sessionSeenBy(page))?.user.id).toBe('ada')
    await vi.waitFor(() => expect(page.heard).toContain('SIGNED_IN'))
  })

  test("another user's sign-in replaces the session", async () => {
    const { jar, page } = await signedIn()
    await jar.atServer().signInWithPassword({ email: 'bob', password: 'secret' })
    expect((await sessionSeenBy(page))?.user.id).toBe('bob')
    expect(isHandle(jar.session()?.refresh_token ?? '')).toBe(true)
  })

  test('a change of the user is taken over', async () => {
    const { jar, page } = await signedIn()
    const session = sessionOf(page)
    jar.put({ ...session, user: { ...session.user, phone: '1', updated_at: '2026-01-02T00:00:00Z' } })
    expect((await sessionSeenBy(page))?.user.phone).toBe('1')
    expect(jar.session()?.user.phone).toBe('1')
  })

  test('a sign-out ends the session, by the word of the auth server', async () => {
    const { jar, page, server } = await signedIn()
    await jar.atServer().signOut()
    expect(jar.names()).toEqual([])
    server.override = (request) => (isGrant(request) ? sessionNotFound(400) : undefined)
    expect(await sessionSeenBy(page)).toBeNull()
    expect(outcomeOf(page)).toBe('revoked')
    expect(jar.names()).toEqual([])
  })

  test('cookies that come late, of a sign-in that was adopted and rotated, are not taken for a new one', async () => {
    const jar = jarOf()
    await jar.atServer().signInWithPassword({ email: 'ada', password: 'secret' })
    const late = jar.session() as Session
    const page = jar.open()
    await page.auth.refreshSession()
    const { access_token } = sessionOf(page)
    jar.put(late)
    expect((await sessionSeenBy(page))?.access_token).toBe(access_token)
    expect(jar.session()?.access_token).toBe(access_token)
    await page.auth.signOut()
    jar.put(late)
    expect(await sessionSeenBy(page)).toBeNull()
    expect(jar.names()).toEqual([])
  })
})

test("refreshToken 'plain': the cookies have the real one, and a sign-out is not undone by them", async () => {
  const { server } = world()
  const jar = jarOf()
  const page = jar.open({ solotab: { refreshToken: 'plain' } })
  await page.signIn()
  expect(jar.session()?.refresh_token).toBe(server.issued[0])
  await page.auth.refreshSession()
  expect(jar.session()?.refresh_token).toBe(server.issued[1])
  await page.auth.signOut()
  expect(await sessionSeenBy(page)).toBeNull()
  expect(jar.names()).toEqual([])
})

describe('the parts', () => {
  test('make a client that is coordinated', async () => {
    const { url, server, add } = world()
    const parts = coordinateBrowserClient(url, KEY, {
      global: { fetch: server.fetch },
      cookies: { getAll: () => [], setAll() {} },
      cookieOptions: { name: 'mine' },
      isSingleton: false,
    })
    expect(parts.coordinator.name).toBe('mine')
    parts.coordinator.start()
    const supabase = createBrowserClient(url, KEY, parts.options)
    parts.attach(supabase)
    const page = add(supabase.auth, parts.coordinator)
    await supabase.auth.signInWithPassword({ email: 'ada', password: 'secret' })
    expect(isHandle(sessionOf(page).refresh_token)).toBe(true)
  })

  test('refuse a client that was not made from them', () => {
    const { url } = world()
    const { options, attach } = coordinateBrowserClient(url, KEY, { isSingleton: false })
    const other = createBrowserClient(url, KEY, { isSingleton: false })
    expect(() => attach(other)).toThrow(expect.objectContaining({ code: 'option_invalid' }))
    const own = createBrowserClient(url, KEY, options)
    attach(own)
    expect(() => attach(own)).toThrow(expect.objectContaining({ code: 'option_invalid' }))
  })

  test('refuse cookies without the user', () => {
    const make = () => coordinateBrowserClient(world().url, KEY, { cookies: { encode: 'tokens-only' } })
    expect(make).toThrow(expect.objectContaining({ message: expect.stringContaining('cookies.encode') }))
  })
})

describe('createCoordinatedBrowserClient()', () => {
  test('without a page is createBrowserClient(): nothing is coordinated', async () => {
    vi.unstubAllGlobals()
    const jar = jarOf()
    const { auth, coordinator } = jar.open()
    await auth.signInWithPassword({ email: 'ada', password: 'secret' })
    expect(jar.session()?.refresh_token).toBe(world().server.issued[0])
    expect(coordinator.getSnapshot().status).toBe('loading')
  })

  test('gives one client to all who ask in a page, and starts it again after close()', async () => {
    const { url, add } = world()
    const one = createCoordinatedBrowserClient(url, KEY)
    add(one.supabase.auth, one.coordinator)
    expect(createCoordinatedBrowserClient(url, KEY)).toBe(one)
    await one.coordinator.close()
    expect(createCoordinatedBrowserClient(url, KEY)).toBe(one)
    await expect(one.coordinator.getAccessToken()).rejects.toMatchObject({ code: 'session_missing' })
  })
})
