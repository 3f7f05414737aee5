import type { Page } from '@playwright/test'
import { openMagicLink, sessionElsewhere, signInWithProvider } from '../src/sign-in-flows.ts'
import { eventsOf, heard, poll, seenByAll, settled, signIn, together } from '../src/tabs.ts'
import { ADA, BOB, CLIENT_VERSIONS, expect, type TabOptions, test, type World } from '../src/world.ts'

const TABS = 4

/** All tabs have Ada's session, each heard of it once, and its tokens can be rotated. */
async function expectSignedIn(world: World, tabs: readonly Page[], refreshes = 0) {
  await settled(tabs)
  expect((await seenByAll(tabs)).map(({ email }) => email)).toEqual(tabs.map(() => ADA.email))
  expect(world.refreshes()).toHaveLength(refreshes)
  const codes = await together(
    tabs,
    async () => (await app.supabase.from('notes').select()).error?.code ?? null,
  )
  expect(codes).toEqual(tabs.map(() => null))
  const [tab] = tabs
  expect(await tab?.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
  expect(world.refreshes().at(-1)).toMatchObject({ outcome: 'rotated', reuse: false })
  expect(world.server.state.restLog.counts).toMatchObject({ valid: tabs.length, total: tabs.length })
}

/** One event told each tab of the session: `SIGNED_IN`, or what auth-js says where it refreshes to sign in. */
async function expectHeardOnce(tabs: readonly Page[], own = 'SIGNED_IN') {
  for (const tab of tabs) {
    const first = async () =>
      (await eventsOf(tab)).flatMap(({ event, token }) =>
        token === 1 && event !== 'INITIAL_SESSION' ? [event] : [],
      )
    await poll(first).toEqual([tab === tabs[0] ? own : 'SIGNED_IN'])
  }
}

for (const client of CLIENT_VERSIONS) {
  test.describe(`client ${client}, signed in in all tabs`, () => {
    const open = async (world: World, options: TabOptions = {}): Promise<[Page, Page[]]> => {
      const tabs = await world.openMany(TABS, { client, ...options })
      const [tab] = tabs
      if (!tab) throw new Error('No tabs.')
      return [tab, tabs]
    }

    test('by a password', async ({ world }) => {
      const [tab, tabs] = await open(world)
      await signIn(tab, ADA)
      await expectSignedIn(world, tabs)
      await expectHeardOnce(tabs)
    })

    test('by OAuth with PKCE', async ({ world }) => {
      const [tab, tabs] = await open(world, { flow: 'pkce' })
      await signInWithProvider(tab)
      await expectSignedIn(world, tabs)
      await expectHeardOnce(tabs)
    })

    test('by OAuth with an implicit redirect', async ({ world }) => {
      const [tab, tabs] = await open(world)
      await signInWithProvider(tab)
      await expectSignedIn(world, tabs)
      await expectHeardOnce(tabs)
    })

    for (const flow of ['implicit', 'pkce'] as const) {
      test(`by a magic link that opens in a new tab, ${flow}`, async ({ world }) => {
        const [tab, tabs] = await open(world, { flow })
        const opened = await openMagicLink(world, tab, ADA.email)
        await expectSignedIn(world, [opened, ...tabs])
        await expectHeardOnce([opened, ...tabs])
      })
    }

    test('by a code from a letter', async ({ world }) => {
      const [tab, tabs] = await open(world)
      await tab.evaluate((email) => app.supabase.auth.signInWithOtp({ email }), ADA.email)
      const [mail] = world.server.state.mailbox.list(ADA.email)
      const code = await tab.evaluate(
        async (given) => (await app.supabase.auth.verifyOtp({ ...given, type: 'email' })).error?.code ?? null,
        { email: ADA.email, token: mail?.otp ?? '' },
      )
      expect(code).toBeNull()
      await expectSignedIn(world, tabs)
      await expectHeardOnce(tabs)
    })

    for (const [validity, ageMs, refreshes] of [
      ['valid', 0, 0],
      ['expired', 2 * 60 * 60 * 1000, 1],
    ] as const) {
      test(`by setSession with an access token that is ${validity}`, async ({ world }) => {
        const [tab, tabs] = await open(world)
        const session = await sessionElsewhere(world, ADA)
        await world.passTime(ageMs)
        const result = await tab.evaluate(async (given) => {
          const { data, error } = await app.supabase.auth.setSession(given)
          return { code: error?.code ?? null, email: data.session?.user.email }
        }, session)
        expect(result).toEqual({ code: null, email: ADA.email })
        await expectSignedIn(world, tabs, refreshes)
        await expectHeardOnce(tabs, refreshes === 0 ? 'SIGNED_IN' : 'TOKEN_REFRESHED')
      })
    }

    test('by setSession with what getSession gave, while another tab has rotated', async ({ world }) => {
      const [tab, tabs] = await open(world)
      await signIn(tab, ADA)
      await settled(tabs)
      const outcome = await tab.evaluate(async () => {
        const { session } = (await app.supabase.auth.getSession()).data
        if (!session) return 'no session'
        await app.supabase.auth.refreshSession()
        return (await app.supabase.auth.setSession(session)).error?.code ?? null
      })
      expect(outcome).toBeNull()
      await expectSignedIn(world, tabs, 1)
    })

    test("by another user's password: everybody changes over", async ({ world }) => {
      const [tab, tabs] = await open(world)
      await signIn(tab, BOB)
      await settled(tabs)
      await signIn(tab, ADA)
      await expectSignedIn(world, tabs)
      for (const each of tabs) {
        const emails = (await eventsOf(each)).flatMap(({ event, email }) =>
          event === 'SIGNED_IN' ? [email] : [],
        )
        expect(emails).toEqual([BOB.email, ADA.email])
      }
    })

    test('not by a wrong password', async ({ world }) => {
      const [tab, tabs] = await open(world)
      const code = await tab.evaluate(
        async (given) => (await app.supabase.auth.signInWithPassword(given)).error?.code ?? null,
        { ...ADA, password: 'wrong' },
      )
      expect(code).toBe('invalid_credentials')
      expect((await seenByAll(tabs)).map(({ signedIn }) => signedIn)).toEqual(tabs.map(() => false))
    })
  })

  test.describe(`client ${client}, an app that had no Solotab yet`, () => {
    const STORED = 'sb-127-auth-token'

    for (const [age, ageMs, refreshes] of [
      ['valid', 0, 0],
      ['expired', 2 * 60 * 60 * 1000, 1],
    ] as const) {
      test(`keeps its session, whose access token is ${age}, when 5 tabs start at once`, async ({
        world,
      }) => {
        const before = await world.open({ mode: 'stock', client })
        await signIn(before, ADA)
        expect(await before.evaluate((key) => localStorage.getItem(key) !== null, STORED)).toBe(true)
        await before.close()
        await world.passTime(ageMs)
        const tabs = await world.openMany(5, { client })
        const codes = await Promise.all(
          tabs.map((tab) =>
            tab.evaluate(async () => (await app.supabase.auth.getSession()).error?.code ?? null),
          ),
        )
        expect(codes).toEqual(tabs.map(() => null))
        await expectSignedIn(world, tabs, refreshes)
        for (const tab of tabs) {
          expect(await tab.evaluate((key) => localStorage.getItem(key), STORED)).toBeNull()
          expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
        }
        expect(world.server.state.store.sessions.size).toBe(1)
        await tabs[0]?.reload()
        await settled(tabs)
      })
    }

    test('stays signed out after a sign-out and a reload', async ({ world }) => {
      const before = await world.open({ mode: 'stock', client })
      await signIn(before, ADA)
      await before.close()
      const tab = await world.open({ client })
      await settled([tab])
      await tab.evaluate(() => app.supabase.auth.signOut())
      await tab.reload()
      expect((await seenByAll([tab])).map(({ signedIn }) => signedIn)).toEqual([false])
    })
  })
}
