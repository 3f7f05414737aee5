import { describe, expect, test } from 'vitest'
import { GrantUnavailable } from './errors.ts'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import {
  failingIn,
  leaderOf,
  NOTHING,
  reasonIn,
  statusIn,
  tokensIn,
  told,
  validityIn,
} from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab
const HOUR_MS = 60 * 60 * 1000

describe('the page', () => {
  test('bfcache: a page that is left gives up its channel, its locks and its leadership', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const leader = leaderOf(tabs)
    await leader.enterCache()
    expect(leader.leftovers()).toMatchObject({ timers: 0, locks: 0, channels: 0, elections: 0 })
    await world.settle()
    expect(leaderOf(tabs.filter((tab) => tab !== leader))).toBeDefined()
  })

  test('bfcache: a page that returns joins again and reads the generation that it missed', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const leader = leaderOf(tabs)
    await leader.enterCache()
    await world.settle()
    const [other = NO_TAB] = tabs.filter((tab) => tab !== leader)
    await world.run(other.coordinator.refresh())
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(2)
    leader.leaveCache()
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(leader.coordinator.getSnapshot().role).toBe('follower')
    await world.run(other.coordinator.refresh())
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('bfcache: a grant in flight is given up with the page, and another tab takes over at once', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const leader = leaderOf(tabs)
    world.server.fault = (n) => (n === 1 ? { afterMs: 8000 } : {})
    leader.coordinator.refresh().catch(() => {})
    await world.advance(100)
    await leader.enterCache()
    const [other = NO_TAB] = tabs.filter((tab) => tab !== leader)
    const startMs = world.loop.nowMs()
    await world.run(other.coordinator.refresh())
    expect(world.loop.nowMs() - startMs).toBeLessThan(1500)
    leader.leaveCache()
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('bfcache: a provider that ignores its signal does not keep the grant lock in the cache', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1, { refresh: () => new Promise(() => {}) })
    tab.coordinator.refresh().catch(() => {})
    await world.advance(100)
    expect(tab.leftovers().locks).toBe(1)
    await tab.enterCache()
    expect(tab.leftovers()).toMatchObject({ locks: 0, timers: 0 })
  })

  test('bfcache: calls that wait are answered after the return', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const [tab = NO_TAB] = tabs
    world.server.fault = (n) => (n === 1 ? { afterMs: 1000 } : {})
    const asked = tab.coordinator.refresh()
    await world.advance(100)
    await tab.enterCache()
    await world.advance(10_000)
    tab.leaveCache()
    await expect(world.run(asked)).resolves.toBeDefined()
  })

  test('bfcache: a page that was hidden on leaving knows that it is visible on return', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const leader = leaderOf(tabs)
    const [page = NO_TAB] = tabs.filter((tab) => tab !== leader)
    page.hide()
    await page.enterCache()
    page.leaveCache({ shownFirst: true })
    await world.settle()
    leader.freeze()
    await world.advance(2 * 60 * 60 * 1000)
    expect(validityIn(page)).toBeGreaterThan(0)
  })

  test('bfcache: close() inside the cache leaves nothing', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    tab.tell('left')
    await world.run(tab.coordinator.close())
    expect(tab.leftovers()).toEqual(NOTHING)
  })

  test('elector dead while the page lives: the page gives up the lead and applies anew', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const leader = leaderOf(tabs)
    world.election.rejoin(leader)
    await world.settle()
    expect(tabs.filter((tab) => tab.coordinator.getSnapshot().role === 'leader')).toHaveLength(1)
    expect(leader.coordinator.getSnapshot().role).toBe('follower')
    expect(told(leader, 'leadership').map((event) => event.role)).toEqual(['leader', 'follower'])
    for (const tab of tabs) if (tab !== leader) tab.crash()
    await world.settle()
    expect(leader.coordinator.getSnapshot().role).toBe('leader')
  })

  test('coming back to a tab costs no grant while the token is valid', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    for (const tab of tabs) tab.hide()
    await world.advance(60_000)
    for (const tab of tabs) tab.show()
    await world.settle()
    expect(world.server.sent).toHaveLength(0)
  })

  test('I4: a computer that slept past the expiry has a new token soon after it wakes', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(5)
    for (const tab of tabs) tab.freeze()
    await world.advance(8 * 60 * 60 * 1000)
    for (const tab of tabs) tab.thaw()
    await world.settle()
    await world.advance(2000)
    expect(world.server.sent).toHaveLength(1)
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test.each(['woken', 'online'] as const)(
    'I4: timers that slept along with the computer are overdue at once: the page is %s',
    async (fact) => {
      const world = worldOf()
      const tabs = await world.signedIn(2)
      world.setClock(8 * HOUR_MS)
      for (const tab of tabs) tab.tell(fact)
      await world.advance(2000)
      expect(world.server.sent).toHaveLength(1)
      for (const tab of tabs) expect(validityIn(tab)).toBeGreaterThan(0)
    },
  )

  test.each(['woken', 'online'] as const)(
    'I4: a visible follower is due as well, should the leader sleep on: the page is %s',
    async (fact) => {
      const world = worldOf()
      const tabs = await world.signedIn(2)
      const leader = leaderOf(tabs)
      const [follower = NO_TAB] = tabs.filter((tab) => tab !== leader)
      leader.freeze()
      world.setClock(8 * HOUR_MS)
      follower.tell(fact)
      await world.advance(2000)
      expect(world.server.sent.map(({ sender }) => sender)).toEqual([follower])
      expect(validityIn(follower)).toBeGreaterThan(0)
    },
  )

  test.each([
    ['leader', 'woken'],
    ['leader', 'online'],
    ['follower', 'woken'],
    ['follower', 'online'],
  ] as const)(
    'I4: what failed before the computer slept is tried again: the %s is %s',
    async (role, fact) => {
      const world = worldOf()
      const tabs = await world.signedIn(2)
      const leader = leaderOf(tabs)
      const [follower = NO_TAB] = tabs.filter((tab) => tab !== leader)
      // The server wants to be left alone for hours.
      world.server.fault = (n) => (n === 1 ? { error: new GrantUnavailable('busy', 6 * HOUR_MS) } : {})
      await world.run(leader.coordinator.refresh().catch(() => {}))
      await world.settle()
      for (const tab of tabs) expect(failingIn(tab)).toBe('busy')
      const woken = role === 'leader' ? leader : follower
      if (woken === follower) leader.freeze()
      world.setClock(8 * HOUR_MS)
      woken.tell(fact)
      await world.advance(3000)
      expect(world.server.sent.map(({ sender }) => sender)).toEqual([leader, woken])
      expect(validityIn(woken)).toBeGreaterThan(0)
    },
  )

  test('the very first page of all is signed out', async () => {
    const world = worldOf()
    const tab = world.open({ started: false })
    expect(statusIn(tab)).toBe('loading')
    tab.coordinator.start()
    expect(statusIn(tab)).toBe('loading')
    await world.settle()
    expect(reasonIn(tab)).toBe('no-session')
  })
})
