import { crash } from '../src/lifecycle.ts'
import { heard, leaderOf, poll, seenByAll, settled, signIn, together } from '../src/tabs.ts'
import { ADA, expect, test } from '../src/world.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default
const HOST = 'solotab.test'

test.use({
  host: HOST,
  launchOptions: async ({ launchOptions }, use) => {
    await use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
    })
  },
})

test.describe('plain http on a name of the local network: no Web Locks', () => {
  test('a herd of 10 makes one grant', async ({ world }) => {
    const tabs = await world.openMany(10)
    const [one] = tabs
    if (!one) throw new Error('No tabs.')
    expect(await one.evaluate(() => [isSecureContext, 'locks' in navigator])).toEqual([false, false])
    await signIn(one, ADA)
    const { generation } = await settled(tabs)
    await world.passTime(TOKEN_LIFE_MS)
    world.fault({ kind: 'delay-answer', delayMs: 300 })
    const codes = await together(
      tabs,
      async () => (await app.supabase.from('notes').select()).error?.code ?? null,
    )
    expect(codes).toEqual(tabs.map(() => null))
    await settled(tabs, generation + 1)
    expect(world.refreshes()).toMatchObject([{ outcome: 'rotated' }])
    const errors = await together(tabs, async () => (await app.supabase.auth.refreshSession()).error)
    expect(errors).toEqual(tabs.map(() => null))
    expect(world.refreshes()).toHaveLength(2)
    await one.evaluate(() => app.supabase.auth.signOut())
    await poll(async () => (await seenByAll(tabs)).some(({ signedIn }) => signedIn)).toBe(false)
  })

  test("the leader crashes while its grant is in flight: the others go on after the intent's deadline", async ({
    world,
  }) => {
    const tabs = await world.openMany(4, { requestTimeoutMs: 1000 })
    const [one] = tabs
    if (!one) throw new Error('No tabs.')
    await signIn(one, ADA)
    await settled(tabs)
    const { leader, followers } = await leaderOf(tabs)
    world.fault({ kind: 'delay-answer', delayMs: 60_000 })
    await leader.evaluate(() => {
      app.coordinator?.refresh().catch(() => {})
    })
    await poll(() => world.refreshes().length).toBe(1)
    await crash(leader)
    const errors = await Promise.all(
      followers.map((tab) =>
        tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.message ?? null),
      ),
    )
    expect(errors).toEqual(followers.map(() => null))
    await settled(followers)
    expect(world.refreshes().map(({ outcome }) => outcome)).toEqual(['rotated', 'answered-again'])
    for (const tab of followers) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
    await leaderOf(followers)
  })
})
