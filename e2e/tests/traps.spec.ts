import type { Page } from '@playwright/test'
import { heard, leaderOf, poll, settled, signIn, snapshotOf } from '../src/tabs.ts'
import { ADA, CLIENT_VERSIONS, expect, test, type World } from '../src/world.ts'

async function signedIn(world: World, count: number): Promise<[Page, Page, Page[]]> {
  const tabs = await world.openMany(count)
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  await signIn(one, ADA)
  await settled(tabs)
  return [one, other, tabs]
}

const refresh = (tab: Page) =>
  tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.message ?? null)

test.describe('beforeunload without leaving', () => {
  test('a leader that follows a download link leads again, and goes on', async ({ world }) => {
    const [, , tabs] = await signedIn(world, 3)
    const { leader, followers } = await leaderOf(tabs)
    const download = leader.waitForEvent('download')
    await leader.evaluate(() => {
      addEventListener('beforeunload', () => document.body.append('was asked to leave'))
      location.assign('/download')
    })
    await (await download).cancel()
    await leader.getByText('was asked to leave').waitFor()
    await leaderOf(tabs)
    for (const [count, tab] of tabs.entries()) {
      expect(await refresh(tab)).toBeNull()
      expect(world.refreshes()).toHaveLength(count + 1)
    }
    await settled(tabs)
    for (const tab of followers) await tab.close()
    await poll(async () => (await snapshotOf(leader)).role).toBe('leader')
    expect(await refresh(leader)).toBeNull()
  })
})

test.describe('the back-forward cache', () => {
  test.use({ asUsersHaveIt: true })

  const noticeReturn = (tab: Page) =>
    tab.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => {
        document.title = persisted ? 'came back' : 'loaded'
      })
    })

  for (const who of ['leader', 'follower'] as const) {
    test(`a ${who} that comes back has the newest session, and nobody waited for it`, async ({ world }) => {
      const [, , tabs] = await signedIn(world, 3)
      const { leader, followers } = await leaderOf(tabs)
      const [gone] = who === 'leader' ? [leader] : followers
      if (!gone) throw new Error('No tabs.')
      const others = tabs.filter((tab) => tab !== gone)
      await noticeReturn(gone)
      await gone.goto(world.elsewhere)
      await leaderOf(others)
      expect(await Promise.all(others.map(refresh))).toEqual(others.map(() => null))
      const after = await settled(others)
      await gone.evaluate(() => history.back())
      await poll(() => gone.title()).toBe('came back')
      expect(await settled(tabs)).toMatchObject({ token: after.token, generation: after.generation })
      await leaderOf(tabs)
      const grants = world.refreshes().length
      expect(await refresh(gone)).toBeNull()
      await settled(tabs, after.generation + 1)
      expect(world.refreshes()).toHaveLength(grants + 1)
      for (const tab of tabs) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
    })
  }

  test('a page that comes back after a sign-out is signed out', async ({ world }) => {
    const [, , tabs] = await signedIn(world, 2)
    const { leader: other, followers } = await leaderOf(tabs)
    const one = followers[0] ?? other
    await noticeReturn(one)
    await one.goto(world.elsewhere)
    await other.evaluate(() => app.supabase.auth.signOut())
    await one.evaluate(() => history.back())
    await poll(() => one.title()).toBe('came back')
    await poll(async () => (await snapshotOf(one)).status).toBe('signed-out')
    await poll(() => heard(one, 'SIGNED_OUT')).toBe(1)
  })
})

for (const client of CLIENT_VERSIONS) {
  test(`client ${client}: close() leaves no lock, no channel and no leader, and the other tabs go on`, async ({
    world,
  }) => {
    await world.context.addInitScript(() => {
      const open = new Set<BroadcastChannel>()
      Object.assign(globalThis, { openChannels: () => [...open].map(({ name }) => name.replace(/:.*/, '')) })
      const { close } = BroadcastChannel.prototype
      BroadcastChannel.prototype.close = function () {
        open.delete(this)
        close.call(this)
      }
      const Original = BroadcastChannel
      globalThis.BroadcastChannel = new Proxy(Original, {
        construct(target, args, newTarget) {
          const channel = Reflect.construct(target, args, newTarget)
          open.add(channel)
          return channel
        },
      })
    })
    const tabs = await world.openMany(3, { client })
    const [one] = tabs
    if (!one) throw new Error('No tabs.')
    await signIn(one, ADA)
    await settled(tabs)
    const { leader, followers } = await leaderOf(tabs)
    await leader.evaluate(() => app.coordinator?.close())
    await leaderOf(followers)
    for (const tab of followers) await tab.close()
    const left = () =>
      leader.evaluate(async () => {
        const { held = [], pending = [] } = await navigator.locks.query()
        const channels = (globalThis as unknown as { openChannels: () => string[] }).openChannels()
        return { locks: [...held, ...pending].map(({ name }) => name), channels }
      })
    // auth-js has a channel of its own, which it never closes.
    await poll(left).toEqual({ locks: [], channels: ['sb-127-auth-token'] })
    expect(await leader.evaluate(() => app.coordinator?.close().then(() => 'again'))).toBe('again')
  })
}
