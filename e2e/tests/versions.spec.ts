import type { Page } from '@playwright/test'
import { ALL_CLIENT_VERSIONS } from '../src/client-versions.ts'
import { judgeTypes } from '../src/judge-types.ts'
import { openMagicLink, raiseAssurance, signInWithProvider } from '../src/sign-in-flows.ts'
import { eventsOf, heard, poll, seenByAll, settled, signIn, snapshotsOf, together } from '../src/tabs.ts'
import { ADA, BOB, expect, type TabOptions, test, type World } from '../src/world.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default

async function open(world: World, options: TabOptions): Promise<[Page, Page, Page[]]> {
  const tabs = await world.openMany(4, options)
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  return [one, other, tabs]
}

async function signedIn(world: World, options: TabOptions): Promise<[Page, Page, Page[]]> {
  const opened = await open(world, options)
  await signIn(opened[0], ADA)
  await settled(opened[2])
  return opened
}

const refresh = (tab: Page) =>
  tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.message ?? null)

const outcomes = (world: World) =>
  world.refreshes().map(({ outcome, reuse }) => `${outcome}${reuse ? ', reuse' : ''}`)

test.describe.configure({ mode: 'parallel' })

// `pnpm versions` makes the README's table of these: a row for each describe, a column for each test.
for (const client of ALL_CLIENT_VERSIONS) {
  test.describe(`supabase-js ${client}`, () => {
    test('sign-in, sign-out', async ({ world }) => {
      const [one, other, tabs] = await open(world, { client })
      for (const user of [ADA, BOB]) {
        await signIn(one, user)
        await settled(tabs)
        expect((await seenByAll(tabs)).map(({ email }) => email)).toEqual(tabs.map(() => user.email))
      }
      expect(await other.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
      for (const tab of tabs) {
        await poll(async () => (await eventsOf(tab)).at(-1)?.event).toBe('SIGNED_OUT')
        const emails = (await eventsOf(tab)).flatMap(({ event, email }) =>
          event === 'SIGNED_IN' ? [email] : [],
        )
        expect(emails).toEqual([ADA.email, BOB.email])
      }
      expect((await seenByAll(tabs)).map(({ signedIn }) => signedIn)).toEqual(tabs.map(() => false))
    })

    test('redirects', async ({ world }) => {
      for (const [flow, { email }] of [
        ['pkce', ADA],
        ['implicit', BOB],
      ] as const) {
        const [one, other, tabs] = await open(world, { client, flow })
        await signInWithProvider(one)
        await settled(tabs)
        await one.evaluate(() => app.supabase.auth.signOut())
        const opened = await openMagicLink(world, other, email)
        await settled([opened, ...tabs])
        expect(await refresh(one)).toBeNull()
        await one.evaluate(() => app.supabase.auth.signOut())
        await Promise.all([opened, ...tabs].map((tab) => tab.close()))
      }
      expect(outcomes(world)).toEqual(['rotated', 'rotated'])
    })

    test('second factor', async ({ world }) => {
      const [one, other, tabs] = await signedIn(world, { client })
      expect(await raiseAssurance(world, one)).toBeNull()
      await settled(tabs)
      const levels = await Promise.all(
        tabs.map((tab) =>
          tab.evaluate(
            async () => (await app.supabase.auth.mfa.getAuthenticatorAssuranceLevel()).data?.currentLevel,
          ),
        ),
      )
      expect(levels).toEqual(tabs.map(() => 'aal2'))
      expect(await refresh(other)).toBeNull()
      expect(outcomes(world)).toEqual(['rotated'])
    })

    test('one grant', async ({ world }) => {
      const [, , tabs] = await signedIn(world, { client })
      const errors = await together(tabs, async () => (await app.supabase.auth.refreshSession()).error)
      expect(errors).toEqual(tabs.map(() => null))
      const { generation } = await settled(tabs)
      await world.passTime(TOKEN_LIFE_MS)
      const codes = await together(
        tabs,
        async () => (await app.supabase.from('notes').select()).error?.code ?? null,
      )
      expect(codes).toEqual(tabs.map(() => null))
      await settled(tabs, generation + 1)
      expect(outcomes(world)).toEqual(['rotated', 'rotated'])
      expect(world.server.state.restLog.counts).toMatchObject({ total: tabs.length, valid: tabs.length })
      for (const tab of tabs) await poll(() => heard(tab, 'TOKEN_REFRESHED')).toBe(2)
    })

    test('older session object', async ({ world }) => {
      const [one, other, tabs] = await signedIn(world, { client })
      const before = await settled(tabs)
      world.fault({ kind: 'delay', match: 'user', delayMs: 60_000 })
      const updated = one.evaluate(
        async () => (await app.supabase.auth.updateUser({ data: { name: 'Ada' } })).error?.message ?? null,
      )
      await poll(() => world.server.state.faults.pending.length).toBe(0)
      expect(await refresh(other)).toBeNull()
      const rotated = await settled(tabs, before.generation + 1)
      world.release()
      expect(await updated).toBeNull()
      expect(await settled(tabs, rotated.generation + 1)).toMatchObject({ token: rotated.token })
      for (const tab of tabs) await poll(() => heard(tab, 'USER_UPDATED')).toBe(1)
      const outcome = await one.evaluate(async () => {
        const { session } = (await app.supabase.auth.getSession()).data
        if (!session) return 'no session'
        await app.supabase.auth.refreshSession()
        return (await app.supabase.auth.setSession(session)).error?.message ?? null
      })
      expect(outcome).toBeNull()
      expect(await refresh(other)).toBeNull()
      expect(outcomes(world)).toEqual(['rotated', 'rotated', 'rotated'])
    })

    test('sign-out wins', async ({ world }) => {
      const [one, other, tabs] = await signedIn(world, { client })
      world.fault({ kind: 'delay-answer', delayMs: 60_000 })
      await one.evaluate(() => {
        void app.supabase.auth.refreshSession()
      })
      await poll(() => world.refreshes().length).toBe(1)
      expect(await other.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
      world.release()
      await poll(async () => (await snapshotsOf(tabs)).map(({ reason }) => reason)).toEqual(
        tabs.map((tab) => (tab === other ? 'signed-out' : 'signed-out-elsewhere')),
      )
      await one.reload()
      expect((await seenByAll(tabs)).map(({ signedIn }) => signedIn)).toEqual(tabs.map(() => false))
    })

    test('earlier session kept', async ({ world }) => {
      const before = await world.open({ mode: 'stock', client })
      await signIn(before, ADA)
      await before.close()
      const [one, , tabs] = await open(world, { client })
      await settled(tabs)
      expect((await seenByAll(tabs)).map(({ email }) => email)).toEqual(tabs.map(() => ADA.email))
      const left = await one.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('sb-')))
      expect(left).toEqual([])
      expect(await refresh(one)).toBeNull()
      expect(outcomes(world)).toEqual(['rotated'])
    })

    test('Realtime', async ({ world }) => {
      const [one, , tabs] = await signedIn(world, { client })
      for (const tab of tabs) {
        const status = await tab.evaluate(
          () => new Promise((resolve) => app.supabase.channel('room').subscribe((joined) => resolve(joined))),
        )
        expect(status).toBe('SUBSCRIBED')
      }
      await world.passTime(10 * 60 * 1000)
      const before = world.server.state.realtimeLog.presented.length
      expect(await refresh(one)).toBeNull()
      await settled(tabs)
      // 2.49 tells the server with the next heartbeat, of which there is one every 25 s.
      for (const tab of tabs) await tab.evaluate(() => app.supabase.realtime.sendHeartbeat?.())
      const issuedAt = Math.floor((world.refreshes()[0]?.atMs ?? 0) / 1000)
      const fresh = () =>
        world.server.state.realtimeLog.presented
          .slice(before)
          .filter(({ iat, state }) => iat === issuedAt && state === 'valid')
      await poll(() => fresh().length).toBeGreaterThanOrEqual(tabs.length)
    })

    test('types', async () => {
      expect(await judgeTypes(client)).toBe('')
    })

    test.describe(() => {
      test.use({ asUsersHaveIt: true })

      test('coming back is quiet', async ({ world }) => {
        const tab = await world.open({ client })
        await signIn(tab, ADA)
        await poll(() => heard(tab, 'INITIAL_SESSION')).toBe(1)
        const other = await world.open({ client })
        const before = await eventsOf(tab)
        await poll(() => tab.evaluate(() => document.visibilityState)).toBe('hidden')
        await world.passTime(20 * 60 * 1000)
        await tab.bringToFront()
        await poll(() => tab.evaluate(() => document.visibilityState)).toBe('visible')
        // What would have been said is said before this.
        await other.evaluate(() => app.supabase.auth.signOut())
        await poll(async () => (await eventsOf(tab)).at(-1)?.event).toBe('SIGNED_OUT')
        expect((await eventsOf(tab)).slice(before.length).map(({ event }) => event)).toEqual(['SIGNED_OUT'])
        expect(world.refreshes()).toHaveLength(0)
      })
    })
  })
}
