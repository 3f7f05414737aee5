import type { Page } from '@playwright/test'
import { heard, leaderOf, poll, seenByAll, settled, signIn, snapshotOf, together } from '../src/tabs.ts'
import { ADA, CLIENT_VERSIONS, expect, test, type World } from '../src/world.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default

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

const diagnostics = (tab: Page, type: string) =>
  tab.evaluate((wanted) => app.diagnostics.filter((each) => each.type === wanted), type)

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

for (const [how, disable] of [
  [
    'may not be touched',
    () =>
      Object.defineProperty(globalThis, 'indexedDB', {
        get: () => {
          throw new DOMException('not here', 'SecurityError')
        },
      }),
  ],
  [
    'cannot be opened',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('not here', 'InvalidStateError')
      }
    },
  ],
  ['is missing', () => Object.defineProperty(globalThis, 'indexedDB', { value: undefined })],
] as const) {
  test.describe(`IndexedDB ${how}`, () => {
    test('the open tabs share a session in memory, and say so', async ({ world }) => {
      await world.context.addInitScript(disable)
      const [one, other, tabs] = await signedIn(world, 4)
      for (const tab of tabs) expect(await diagnostics(tab, 'storage-failed')).not.toEqual([])
      expect((await seenByAll(tabs)).map(({ email }) => email)).toEqual(tabs.map(() => ADA.email))
      expect(await refresh(other)).toBeNull()
      const { generation } = await settled(tabs)
      await world.passTime(TOKEN_LIFE_MS)
      const codes = await together(
        tabs,
        async () => (await app.supabase.from('notes').select()).error?.code ?? null,
      )
      expect(codes).toEqual(tabs.map(() => null))
      await settled(tabs, generation + 1)
      expect(world.refreshes().map(({ outcome, reuse }) => ({ outcome, reuse }))).toEqual([
        { outcome: 'rotated', reuse: false },
        { outcome: 'rotated', reuse: false },
      ])
      const late = await world.open()
      expect(await settled([late, ...tabs])).toMatchObject({ status: 'signed-in' })
      await late.evaluate(() => app.supabase.auth.signOut())
      for (const tab of [late, ...tabs])
        await poll(async () => (await snapshotOf(tab)).status).toBe('signed-out')
      expect(await heard(one, 'SIGNED_OUT')).toBe(1)
    })
  })
}

test('the disk is full for a while: rotations go on, and the newest is stored when there is room', async ({
  world,
}) => {
  await world.context.addInitScript(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (...args) {
      if (document.documentElement.dataset.disk === 'full')
        throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, args)
    }
  })
  const [one, other, tabs] = await signedIn(world, 3)
  const setDisk = (disk: string) =>
    Promise.all(
      tabs.map((tab) =>
        tab.evaluate((state) => {
          document.documentElement.dataset.disk = state
        }, disk),
      ),
    )
  await setDisk('full')
  for (const tab of [one, other, one]) expect(await refresh(tab)).toBeNull()
  await settled(tabs)
  const failures = (await Promise.all(tabs.map((tab) => diagnostics(tab, 'storage-failed')))).flat()
  expect(new Set(failures.map((failure) => ('code' in failure ? failure.code : '')))).toEqual(
    new Set(['QuotaExceededError']),
  )
  await setDisk('free')
  expect(await refresh(other)).toBeNull()
  const after = await settled(tabs)
  const late = await world.open()
  expect(await settled([late])).toMatchObject({ token: after.token })
  expect(world.refreshes().every(({ outcome, reuse }) => outcome === 'rotated' && !reuse)).toBe(true)
  expect(world.refreshes()).toHaveLength(4)
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
