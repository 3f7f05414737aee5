import type { Page } from '@playwright/test'
import { type Rendered, type SsrServer, startSsrServer } from '../src/ssr-server.ts'
import { heard, poll, seenBy, seenByAll, settled, signIn, snapshotsOf, together } from '../src/tabs.ts'
import { ADA, BOB, test as base, expect, type World } from '../src/world.ts'

const test = base.extend<{ ssr: SsrServer }>({
  ssr: async ({ server }, use) => {
    const ssr = await startSsrServer(server.url)
    await use(ssr)
    await ssr.close()
  },
})

const EMPTY: Rendered = { email: null, token: null, refreshToken: null }

/** Asks the server for a page, with the cookies of the browser, which keeps what the server sets. */
async function ask(world: World, ssr: SsrServer, path: string): Promise<Rendered> {
  return (await world.context.request.get(ssr.url + path)).json()
}

async function open(world: World): Promise<[Page, Page, Page[]]> {
  const tabs = await world.openMany(2, { mode: 'ssr' })
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  return [one, other, tabs]
}

async function signedIn(world: World): Promise<[Page, Page, Page[]]> {
  const opened = await open(world)
  await signIn(opened[0], ADA)
  await settled(opened[2])
  return opened
}

const sessionCookies = async (world: World) =>
  (await world.context.cookies()).map(({ name }) => name).filter((name) => name.startsWith('sb-'))

const rotations = (world: World) => world.refreshes().filter(({ outcome }) => outcome === 'rotated')

const signInAtServer = (world: World, ssr: SsrServer, user: { email: string; password: string }) =>
  ask(world, ssr, `/sign-in?${new URLSearchParams(user)}`)

test('a server renders who is signed in, with the token of the tabs and a handle', async ({ world, ssr }) => {
  expect(await ask(world, ssr, '/me')).toEqual(EMPTY)
  const [one] = await signedIn(world)
  const { token } = await seenBy(one)
  expect(await ask(world, ssr, '/me')).toEqual({ email: ADA.email, token, refreshToken: 'handle' })
  expect(world.refreshes()).toEqual([])
})

test('after a rotation the cookies have the new token, whichever tab made it', async ({ world, ssr }) => {
  const [one, other, tabs] = await signedIn(world)
  for (const tab of [one, other]) {
    expect(await tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
    const { token } = await settled(tabs)
    expect(await ask(world, ssr, '/me')).toEqual({ email: ADA.email, token, refreshToken: 'handle' })
  }
  expect(rotations(world)).toHaveLength(2)
})

test('two tabs with an expired token: one grant, and the server has its token', async ({ world, ssr }) => {
  const [, , tabs] = await signedIn(world)
  const { generation } = await settled(tabs)
  await world.passTime(60 * 60 * 1000)
  const codes = await together(
    tabs,
    async () => (await app.supabase.from('notes').select()).error?.code ?? null,
  )
  expect(codes).toEqual([null, null])
  const { token } = await settled(tabs, generation + 1)
  expect(world.refreshes()).toMatchObject([{ outcome: 'rotated', reuse: false }])
  await poll(() => ask(world, ssr, '/me')).toMatchObject({ token })
})

test.describe('tokens of 5 s, and no tab that refreshes them', () => {
  test.use({ serverOptions: { accessTokenSeconds: 5 } })

  test('the server cannot consume the refresh token, and the browser stays signed in', async ({
    world,
    ssr,
  }) => {
    const tab = await world.open({ mode: 'ssr' })
    await signIn(tab, ADA)
    // So close to its expiry, auth-js at the server tries to refresh at each request, and keeps what is still valid.
    await poll(() => ask(world, ssr, '/me')).toMatchObject({ email: ADA.email, refreshToken: 'handle' })
    await tab.close()
    // A token may expire between the look at it there and the auth server's: that request is nobody's, the next one removes it.
    const seen = async () => [await ask(world, ssr, '/me'), await sessionCookies(world)]
    await poll(seen).toEqual([EMPTY, []])
    expect(world.server.state.store.sessions.size).toBe(1)

    const [one, , tabs] = await open(world)
    await settled(tabs)
    expect((await seenBy(one)).email).toBe(ADA.email)
    await poll(async () => (await ask(world, ssr, '/me')).email).toBe(ADA.email)
    for (const each of tabs) expect(await heard(each, 'SIGNED_OUT')).toBe(0)
    expect(world.refreshes().some(({ reuse }) => reuse)).toBe(false)
  })
})

test('a sign-out clears the cookies', async ({ world, ssr }) => {
  const [one, other] = await signedIn(world)
  expect(await other.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
  expect(await sessionCookies(world)).toEqual([])
  expect(await ask(world, ssr, '/me')).toEqual(EMPTY)
  await poll(() => heard(one, 'SIGNED_OUT')).toBe(1)
  expect(await sessionCookies(world)).toEqual([])
})

test('a sign-in at the server becomes the session of all tabs, sealed', async ({ world, ssr }) => {
  expect(await signInAtServer(world, ssr, ADA)).toMatchObject({ email: ADA.email, refreshToken: 'real' })
  const [one, other, tabs] = await open(world)
  const { token } = await settled(tabs)
  expect(await ask(world, ssr, '/me')).toEqual({ email: ADA.email, token, refreshToken: 'handle' })
  for (const tab of [one, other]) {
    expect(await tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
  }
  expect(world.refreshes().map(({ outcome, reuse }) => ({ outcome, reuse }))).toEqual([
    { outcome: 'rotated', reuse: false },
    { outcome: 'rotated', reuse: false },
  ])

  // While the tabs are open, another user.
  await signInAtServer(world, ssr, BOB)
  expect((await seenBy(one)).email).toBe(BOB.email)
  await settled(tabs)
  expect((await seenByAll(tabs)).map(({ email }) => email)).toEqual([BOB.email, BOB.email])
  await poll(async () => (await ask(world, ssr, '/me')).refreshToken).toBe('handle')
})

test("a provider's sign-in that ends at the server is adopted", async ({ world, ssr }) => {
  const [one, , tabs] = await open(world)
  await one.evaluate((callback) => {
    const redirectTo = `${callback}?next=${encodeURIComponent(location.href)}`
    void app.supabase.auth.signInWithOAuth({ provider: 'github', options: { redirectTo } })
  }, `${ssr.url}/callback`)
  const home = new URL(one.url()).origin
  await one.getByRole('button', { name: /Continue as/ }).click()
  await one.waitForURL((url) => url.origin === home)
  const { token } = await settled(tabs)
  expect(await ask(world, ssr, '/me')).toMatchObject({ token, refreshToken: 'handle' })
  expect(await one.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
  expect(world.refreshes()).toMatchObject([{ outcome: 'rotated', reuse: false }])
})

test('a sign-out at the server signs all tabs out', async ({ world, ssr }) => {
  const [one, , tabs] = await signedIn(world)
  expect(await ask(world, ssr, '/sign-out')).toEqual(EMPTY)
  expect((await seenBy(one)).signedIn).toBe(false)
  await poll(async () => (await snapshotsOf(tabs)).map(({ reason }) => reason)).toEqual([
    'revoked',
    'revoked',
  ])
  expect(await sessionCookies(world)).toEqual([])
})

test('a session that is too large for one cookie is in several', async ({ world, ssr }) => {
  const [one, , tabs] = await signedIn(world)
  const error = await one.evaluate(
    async () => (await app.supabase.auth.updateUser({ data: { about: 'x'.repeat(5000) } })).error,
  )
  expect(error).toBeNull()
  expect((await sessionCookies(world)).length).toBeGreaterThan(1)
  const { token } = await settled(tabs)
  expect(await ask(world, ssr, '/me')).toEqual({ email: ADA.email, token, refreshToken: 'handle' })
  await one.evaluate(() => app.supabase.auth.signOut())
  expect(await sessionCookies(world)).toEqual([])
})
