import { ADA } from '../../src/stage.ts'
import { heard, leaderOf, poll, seenByAll, settled, signIn, together } from '../../src/tabs.ts'
import type { EngineTab } from '../engine.ts'
import type { Scene } from '../scene.ts'
import { expect, test } from '../scene-test.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default
const HELD_MS = 60 * 1000 // longer than any scenario

test.use({ host: 'solotab.test' })

test.describe('plain http on a name of the local network, without Web Locks: a herd', () => {
  test('10 tabs make one grant, and sign out together', async ({ scene }) => {
    const tabs = await scene.openMany(10)
    const [one] = tabs
    if (!one) throw new Error('No tabs.')
    expect(await one.evaluate(() => [isSecureContext, 'locks' in navigator])).toEqual([false, false])
    await signIn(one, ADA)
    const { generation } = await settled(tabs)
    await scene.passTime(TOKEN_LIFE_MS)
    scene.fault({ kind: 'delay-answer', delayMs: 300 })
    const codes = await together(
      tabs,
      async () => (await app.supabase.from('notes').select()).error?.code ?? null,
    )
    expect(codes).toEqual(tabs.map(() => null))
    await settled(tabs, generation + 1)
    expect(scene.refreshes()).toMatchObject([{ outcome: 'rotated' }])
    const errors = await together(tabs, async () => (await app.supabase.auth.refreshSession()).error)
    expect(errors).toEqual(tabs.map(() => null))
    expect(scene.refreshes()).toHaveLength(2)
    await one.evaluate(() => app.supabase.auth.signOut())
    await poll(async () => (await seenByAll(tabs)).some(({ signedIn }) => signedIn)).toBe(false)
  })
})

for (const [how, needs, lose] of [
  ['closed', null, (_scene: Scene, tab: EngineTab) => tab.close()],
  ['crashed', 'crash', (scene: Scene, tab: EngineTab) => scene.browser.crash(tab)],
] as const) {
  test.describe(`plain http on a name of the local network, without Web Locks: the leader is ${how} while its grant is in flight`, () => {
    test.use({ needs })

    test("the others go on after the intent's deadline", async ({ scene }) => {
      const tabs = await scene.openMany(4, { requestTimeoutMs: 1000 })
      const [one] = tabs
      if (!one) throw new Error('No tabs.')
      await signIn(one, ADA)
      await settled(tabs)
      const { leader, followers } = await leaderOf(tabs)
      scene.fault({ kind: 'delay-answer', delayMs: HELD_MS })
      await leader.evaluate(() => {
        app.coordinator?.refresh().catch(() => {})
      })
      await poll(() => scene.refreshes().length).toBe(1)
      await lose(scene, leader)
      const errors = await Promise.all(
        followers.map((tab) =>
          tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.message ?? null),
        ),
      )
      expect(errors).toEqual(followers.map(() => null))
      await settled(followers)
      expect(scene.refreshes().map(({ outcome }) => outcome)).toEqual(['rotated', 'answered-again'])
      for (const tab of followers) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
      await leaderOf(followers)
    })
  })
}
