import { ADA, type TabOptions } from '../../src/stage.ts'
import { eventsOf, heard, leaderOf, poll, settled, signIn, stayInTransaction } from '../../src/tabs.ts'
import { CLIENTS } from '../clients.ts'
import type { EngineTab } from '../engine.ts'
import type { Scene } from '../scene.ts'
import { expect, test } from '../scene-test.ts'

const visibility = (tab: EngineTab) => tab.evaluate(() => document.visibilityState)
const names = async (tab: EngineTab) => (await eventsOf(tab)).map(({ event }) => event)
const refresh = (tab: EngineTab) =>
  tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.message ?? null)

test.describe('coming back to a tab that was hidden', () => {
  test.use({ needs: 'show' })

  async function comeBack(scene: Scene, options: TabOptions) {
    const tab = await scene.open(options)
    await signIn(tab, ADA)
    const other = await scene.open(options)
    await poll(() => visibility(tab)).toBe('hidden')
    await scene.passTime(20 * 60 * 1000)
    const before = (await names(tab)).length
    await scene.browser.show(tab)
    await poll(() => visibility(tab)).toBe('visible')
    return { tab, other, before }
  }

  test('stock, for comparison: the tab hears SIGNED_IN again', async ({ scene }) => {
    const { tab, before } = await comeBack(scene, { mode: 'stock' })
    await poll(async () => (await names(tab)).slice(before)).toContain('SIGNED_IN')
  })

  for (const [client, details] of CLIENTS) {
    test(
      `solotab, client ${client}: nobody hears anything, and there is no grant`,
      details,
      async ({ scene }) => {
        const { tab, other } = await comeBack(scene, { client })
        expect(await tab.evaluate(async () => (await app.supabase.from('notes').select()).error)).toBeNull()
        expect(scene.refreshes()).toHaveLength(0)
        // What would have been said is said before this.
        await tab.evaluate(() => app.supabase.auth.signOut())
        await poll(async () => (await names(other)).at(-1)).toBe('SIGNED_OUT')
        await poll(() => names(tab)).toEqual(['INITIAL_SESSION', 'SIGNED_IN', 'SIGNED_OUT'])
        const others = await names(other)
        expect(others.filter((event) => event !== 'SIGNED_IN')).toEqual(['INITIAL_SESSION', 'SIGNED_OUT'])
        expect(others.filter((event) => event === 'SIGNED_IN').length).toBeLessThanOrEqual(1)
      },
    )
  }
})

test.describe('coming back to a page that was left', () => {
  for (const who of ['leader', 'follower'] as const) {
    test(`a ${who}: it has the newest session, and nobody waited for it`, async ({ scene }) => {
      const tabs = await scene.openMany(3)
      await signIn(tabs[0] ?? (await scene.open()), ADA)
      await settled(tabs)
      const { leader, followers } = await leaderOf(tabs)
      const [gone] = who === 'leader' ? [leader] : followers
      if (!gone) throw new Error('No tabs.')
      const others = tabs.filter((tab) => tab !== gone)
      await gone.evaluate(() => {
        document.title = 'as it was left'
      })
      await gone.goto(scene.elsewhere)
      await leaderOf(others)
      expect(await Promise.all(others.map(refresh))).toEqual(others.map(() => null))
      const after = await settled(others)
      await goBack(gone)
      scene.note(`the page ${await cameBack(gone)}`)
      expect(await settled(tabs)).toMatchObject({ token: after.token, generation: after.generation })
      await leaderOf(tabs)
      const grants = scene.refreshes().length
      expect(await refresh(gone)).toBeNull()
      await settled(tabs, after.generation + 1)
      expect(scene.refreshes()).toHaveLength(grants + 1)
      for (const tab of tabs) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
    })
  }

  test('in the middle of a transaction: nobody was kept from the record', async ({ scene }) => {
    const tabs = await scene.openMany(3)
    await signIn(tabs[0] ?? (await scene.open()), ADA)
    const before = await settled(tabs)
    const { leader, followers } = await leaderOf(tabs)
    // As on a slow machine: its next transaction stays open, and is still open when the page is left.
    await stayInTransaction(leader)
    await leader.goto(scene.elsewhere)
    await leaderOf(followers)
    expect(await Promise.all(followers.map(refresh))).toEqual(followers.map(() => null))
    const after = await settled(followers, before.generation + 1)
    await goBack(leader)
    expect(await settled(tabs, after.generation)).toMatchObject({ token: after.token })
    expect(scene.refreshes().map(({ outcome, reuse }) => ({ outcome, reuse }))).toEqual([
      { outcome: 'rotated', reuse: false },
    ])
  })
})

/** Goes back to the app. The page that comes may not be there yet when the driver says that it has gone back. */
async function goBack(tab: EngineTab): Promise<void> {
  await tab.back()
  const state = () => tab.evaluate(() => `${document.readyState}, app: ${'app' in globalThis}`)
  await poll(() => state().catch(() => null)).toBe('complete, app: true')
}

/** Browsers may keep a page that was left, or load it anew: both have to end well. */
const cameBack = (tab: EngineTab): Promise<string> =>
  tab.evaluate(() =>
    document.title === 'as it was left' ? 'came out of the back-forward cache' : 'was loaded anew',
  )
