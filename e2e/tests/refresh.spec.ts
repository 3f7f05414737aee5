import type { Page } from '@playwright/test'
import { eventsOf, fingerprint, poll, settled, signIn, together } from '../src/tabs.ts'
import { ADA, CLIENT_VERSIONS, expect, type TabOptions, test, type World } from '../src/world.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default

async function signedIn(world: World, count: number, options: TabOptions): Promise<[Page, Page, Page[]]> {
  const tabs = await world.openMany(count, options)
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  await signIn(one, ADA)
  await settled(tabs)
  return [one, other, tabs]
}

/** What `refreshSession` answers, its token by the fingerprint. */
async function refreshTogether(tabs: readonly Page[]) {
  const answers = await together(tabs, async () => {
    const { data, error } = await app.supabase.auth.refreshSession()
    return {
      token: data.session?.access_token ?? null,
      user: data.user?.email,
      error: error?.message ?? null,
    }
  })
  return answers.map(({ token, ...rest }) => ({ ...rest, token: fingerprint(token) }))
}

for (const client of CLIENT_VERSIONS) {
  for (const mode of ['solotab', 'client'] as const) {
    const made = mode === 'client' ? 'createCoordinatedClient' : 'createClient and coordinate'
    test(`client ${client} by ${made}: refreshSession by 20 tabs at once is one grant, and each gets its session`, async ({
      world,
    }) => {
      const [, , tabs] = await signedIn(world, 20, { client, mode })
      const answers = await refreshTogether(tabs)
      const { token } = await settled(tabs)
      expect(answers).toEqual(tabs.map(() => ({ token, user: ADA.email, error: null })))
      expect(world.refreshes()).toMatchObject([{ outcome: 'rotated' }])
    })
  }

  test.describe(`client ${client}`, () => {
    test('refreshSession joins a refresh that auth-js has started, here or in another tab', async ({
      world,
    }) => {
      const [one, other, tabs] = await signedIn(world, 4, { client })
      const { generation } = await settled(tabs)
      // First, or the leader's own grant could be over before the query.
      world.fault({ kind: 'delay-answer', delayMs: 60_000 })
      await world.passTime(TOKEN_LIFE_MS)
      const query = one.evaluate(async () => (await app.supabase.from('notes').select()).error?.code ?? null)
      await poll(() => world.refreshes().length).toBe(1)
      const joined = [one, other].map((tab) =>
        tab.evaluate(async () => {
          const { data, error } = await app.supabase.auth.refreshSession()
          return { token: data.session?.access_token ?? null, error: error?.message ?? null }
        }),
      )
      // Wanted here, before the answer comes.
      await poll(() =>
        other.evaluate(() => app.diagnostics.some(({ type }) => type === 'grant-started')),
      ).toBe(true)
      world.release()
      const { token } = await settled(tabs, generation + 1)
      for (const answer of await Promise.all(joined)) {
        expect({ ...answer, token: fingerprint(answer.token) }).toEqual({ token, error: null })
      }
      expect(await query).toBeNull()
      expect(world.refreshes()).toHaveLength(1)
    })

    test('each tab hears each change once, in order', async ({ world }) => {
      const [one, other, tabs] = await signedIn(world, 4, { client })
      const third = tabs[2] ?? one
      const rotate = async (tab: Page) => {
        expect(await tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
      }
      const inStep = async (count: number) => {
        for (const tab of tabs) await poll(async () => (await eventsOf(tab)).length).toBe(count)
      }
      await inStep(2)
      await rotate(one)
      await inStep(3)
      await other.evaluate(() => app.supabase.auth.updateUser({ data: { name: 'Ada' } }))
      await inStep(4)
      await rotate(other)
      await inStep(5)
      await third.evaluate(() => app.coordinator?.refresh())
      await inStep(6)
      await world.passTime(TOKEN_LIFE_MS)
      await together(tabs, async () => (await app.supabase.from('notes').select()).error)
      await inStep(7)
      await third.evaluate(() => app.supabase.auth.signOut())
      await inStep(8)
      const expected = [
        'INITIAL_SESSION 0',
        'SIGNED_IN 1',
        'TOKEN_REFRESHED 2',
        'USER_UPDATED 2',
        'TOKEN_REFRESHED 3',
        'TOKEN_REFRESHED 4',
        'TOKEN_REFRESHED 5',
        'SIGNED_OUT 0',
      ]
      for (const tab of tabs) {
        expect((await eventsOf(tab)).map(({ event, token }) => `${event} ${token}`)).toEqual(expected)
      }
    })

    test('a tab that opens later hears of the session there is, and of no rotation', async ({ world }) => {
      const [one, , tabs] = await signedIn(world, 2, { client })
      await one.evaluate(() => app.supabase.auth.refreshSession())
      await settled(tabs)
      const late = await world.open({ client })
      await poll(async () => (await eventsOf(late)).length).toBeGreaterThan(0)
      await one.evaluate(() => app.supabase.auth.signOut())
      await poll(async () => (await eventsOf(late)).at(-1)?.event).toBe('SIGNED_OUT')
      const events = (await eventsOf(late)).map(({ event }) => event)
      expect(events.filter((event) => event !== 'SIGNED_IN')).toEqual(['INITIAL_SESSION', 'SIGNED_OUT'])
    })

    test('Realtime presents the new token after a rotation, in every tab', async ({ world }) => {
      const [one, , tabs] = await signedIn(world, 3, { client })
      for (const tab of tabs) {
        const status = await tab.evaluate(
          () => new Promise((resolve) => app.supabase.channel('room').subscribe((joined) => resolve(joined))),
        )
        expect(status).toBe('SUBSCRIBED')
      }
      await world.passTime(10 * 60 * 1000)
      const before = world.server.state.realtimeLog.presented.length
      await one.evaluate(() => app.supabase.auth.refreshSession())
      const fresh = () => world.server.state.realtimeLog.presented.slice(before)
      await poll(() => fresh().length).toBeGreaterThanOrEqual(tabs.length)
      const issuedAt = Math.floor((world.refreshes()[0]?.atMs ?? 0) / 1000)
      expect(fresh().map(({ state, event, iat }) => ({ state, event, iat }))).toEqual(
        tabs.map(() => ({ state: 'valid', event: 'access_token', iat: issuedAt })),
      )
    })

    test('queries carry the token of a rotation that another tab has just made', async ({ world }) => {
      const [one, , tabs] = await signedIn(world, 4, { client })
      const [session] = world.server.state.store.sessions.values()
      world.server.state.accessTokens.expire(session?.id ?? '')
      await one.evaluate(() => app.supabase.auth.refreshSession())
      await settled(tabs)
      const codes = await together(
        tabs,
        async () => (await app.supabase.from('notes').select()).error?.code ?? null,
      )
      expect(codes).toEqual(tabs.map(() => null))
      expect(world.server.state.restLog.counts).toMatchObject({ total: tabs.length, valid: tabs.length })
    })
  })
}
