import type { Page } from '@playwright/test'
import { raiseAssurance, sessionElsewhere } from '../src/sign-in-flows.ts'
import {
  eventsOf,
  fingerprint,
  heard,
  poll,
  seenByAll,
  settled,
  signIn,
  snapshotsOf,
  together,
} from '../src/tabs.ts'
import { ADA, CLIENT_VERSIONS, expect, type TabOptions, test, type World } from '../src/world.ts'

async function signedIn(world: World, options: TabOptions): Promise<[Page, Page, Page[]]> {
  const tabs = await world.openMany(4, options)
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  await signIn(one, ADA)
  await settled(tabs)
  return [one, other, tabs]
}

const rotate = async (tab: Page) => {
  expect(await tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
}

const nameIn = (tab: Page) =>
  tab.evaluate(
    async () => (await app.supabase.auth.getSession()).data.session?.user.user_metadata.name ?? null,
  )

/** Whether a session of another device still refreshes. */
async function lives(world: World, session: { refresh_token: string }): Promise<boolean> {
  const answer = await fetch(`${world.server.url}/auth/v1/token?grant_type=refresh_token`, {
    method: 'POST',
    headers: { apikey: 'anon', 'Content-Type': 'application/json' },
    body: JSON.stringify({ refresh_token: session.refresh_token }),
  })
  return answer.ok
}

for (const client of CLIENT_VERSIONS) {
  for (const refreshToken of client === '2.119' ? (['sealed', 'plain'] as const) : (['sealed'] as const)) {
    const options: TabOptions = { client, ...(refreshToken === 'plain' ? { refreshToken } : {}) }

    test.describe(`client ${client}, refresh token ${refreshToken}`, () => {
      test('updateUser: a rotation that another tab makes meanwhile is not undone', async ({ world }) => {
        const [one, other, tabs] = await signedIn(world, options)
        const before = await settled(tabs)
        world.fault({ kind: 'delay', match: 'user', delayMs: 60_000 })
        const updated = one.evaluate(
          async () => (await app.supabase.auth.updateUser({ data: { name: 'Ada' } })).error?.code ?? null,
        )
        await poll(() => world.server.state.faults.pending.length).toBe(0)
        await rotate(other)
        const rotated = await settled(tabs, before.generation + 1)
        world.release()
        expect(await updated).toBeNull()
        const after = await settled(tabs, rotated.generation + 1)
        expect(after.token).toBe(rotated.token)
        for (const tab of tabs) {
          await poll(() => heard(tab, 'USER_UPDATED')).toBe(1)
          expect(await nameIn(tab)).toBe('Ada')
        }
        const tokens = new Set((await seenByAll(tabs)).map(({ token }) => token))
        expect([...tokens]).toEqual([rotated.token])
        await rotate(one)
        expect(world.refreshes().map(({ outcome, reuse }) => ({ outcome, reuse }))).toEqual([
          { outcome: 'rotated', reuse: false },
          { outcome: 'rotated', reuse: false },
        ])
      })

      test('updateUser: USER_UPDATED is told though a rotation has brought the change first', async ({
        world,
      }) => {
        const [one, other, tabs] = await signedIn(world, options)
        const before = await settled(tabs)
        world.fault({ kind: 'delay-answer', match: 'user', delayMs: 60_000 })
        const updated = one.evaluate(
          async () => (await app.supabase.auth.updateUser({ data: { name: 'Ada' } })).error?.code ?? null,
        )
        const [user] = world.server.state.store.users.values()
        await poll(() => user?.userMetadata.name).toBe('Ada')
        await rotate(other)
        const rotated = await settled(tabs, before.generation + 1)
        world.release()
        expect(await updated).toBeNull()
        expect(await settled(tabs)).toMatchObject({ token: rotated.token })
        await poll(() => heard(one, 'USER_UPDATED')).toBe(1)
      })

      test('a second factor raises the session of every tab', async ({ world }) => {
        const [one, , tabs] = await signedIn(world, options)
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
        for (const tab of tabs) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
        await rotate(tabs[3] ?? one)
        expect(world.refreshes()).toMatchObject([{ outcome: 'rotated', reuse: false }])
      })

      for (const [scope, here, elsewhere] of [
        ['local', false, true],
        ['global', false, false],
        ['others', true, false],
      ] as const) {
        test(`signOut with the scope ${scope}`, async ({ world }) => {
          const [, other, tabs] = await signedIn(world, options)
          const device = await sessionElsewhere(world, ADA)
          const code = await other.evaluate(
            async (given) => (await app.supabase.auth.signOut({ scope: given })).error?.code ?? null,
            scope,
          )
          expect(code).toBeNull()
          await poll(async () =>
            (await snapshotsOf(tabs)).map(({ status }) => status === 'signed-in'),
          ).toEqual(tabs.map(() => here))
          expect((await seenByAll(tabs)).map(({ signedIn }) => signedIn)).toEqual(tabs.map(() => here))
          expect(await lives(world, device)).toBe(elsewhere)
          for (const tab of tabs) await poll(() => heard(tab, 'SIGNED_OUT')).toBe(here ? 0 : 1)
          expect(world.server.state.store.sessions.size).toBe(Number(here) + Number(elsewhere))
          if (here) await rotate(other)
        })
      }

      test('coordinator.signOut() signs all tabs out and revokes the session at the server', async ({
        world,
      }) => {
        const [, other, tabs] = await signedIn(world, options)
        await other.evaluate(() => app.coordinator?.signOut())
        await poll(async () => (await snapshotsOf(tabs)).map(({ reason }) => reason)).toEqual(
          tabs.map((tab) => (tab === other ? 'signed-out' : 'signed-out-elsewhere')),
        )
        for (const tab of tabs) await poll(() => heard(tab, 'SIGNED_OUT')).toBe(1)
        expect((await seenByAll(tabs)).map(({ signedIn }) => signedIn)).toEqual(tabs.map(() => false))
        expect(world.server.state.store.sessions.size).toBe(0)
      })

      test('a session that the server has revoked ends in all tabs, with the reason', async ({ world }) => {
        const [one, , tabs] = await signedIn(world, options)
        const [session] = world.server.state.store.sessions.values()
        if (session) world.server.state.store.deleteSession(session)
        const error = await one.evaluate(
          async () => (await app.supabase.auth.refreshSession()).error?.name ?? null,
        )
        expect(error).not.toBeNull()
        await poll(async () => (await snapshotsOf(tabs)).map(({ reason }) => reason)).toEqual(
          tabs.map(() => 'revoked'),
        )
        for (const tab of tabs) await poll(() => heard(tab, 'SIGNED_OUT')).toBe(1)
        expect(world.refreshes()).toHaveLength(1)
        // Signing in again works in any tab.
        await signIn(tabs[2] ?? one, ADA)
        await settled(tabs)
      })
    })
  }

  test(`client ${client}, refresh token plain: apps see the real one, in every tab and after every rotation`, async ({
    world,
  }) => {
    const [one, other, tabs] = await signedIn(world, { client, refreshToken: 'plain' })
    const active = () => {
      const [session] = world.server.state.store.sessions.values()
      const rows = session?.refresh.kind === 'v1' ? session.refresh.rows : []
      return fingerprint(rows.find(({ revoked }) => !revoked)?.token ?? null)
    }
    const shown = async () => {
      const tokens = await Promise.all(
        tabs.map((tab) =>
          tab.evaluate(
            async () => (await app.supabase.auth.getSession()).data.session?.refresh_token ?? null,
          ),
        ),
      )
      return tokens.map(fingerprint)
    }
    expect(await shown()).toEqual(tabs.map(active))
    await rotate(other)
    await poll(shown).toEqual(tabs.map(active))
    const errors = await together(tabs, async () => (await app.supabase.auth.refreshSession()).error)
    expect(errors).toEqual(tabs.map(() => null))
    expect(world.refreshes()).toHaveLength(2)
    await poll(shown).toEqual(tabs.map(active))
    await one.evaluate(() => app.supabase.auth.signOut())
    await poll(async () => (await eventsOf(other)).map(({ event }) => event)).toEqual([
      'INITIAL_SESSION',
      'SIGNED_IN',
      'TOKEN_REFRESHED',
      'TOKEN_REFRESHED',
      'SIGNED_OUT',
    ])
  })
}
