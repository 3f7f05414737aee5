import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import { leaderOf, reasonIn, sessionIn, statusIn, tokensIn, told, validityIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab

type Listener = (error: unknown) => void
declare const process: {
  listeners(name: string): Listener[]
  removeAllListeners(name: string): void
  on(name: string, listener: Listener): void
}
const NOTHING = { timers: 0, tasks: 0, locks: 0, channels: 0, elections: 0, listeners: 0 }

describe('close', () => {
  test('I10: leaves no timer, listener, lock or channel', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    expect(leaderOf(tabs).leftovers()).not.toEqual(NOTHING)
    for (const tab of tabs) {
      await world.run(tab.coordinator.close())
      expect(tab.leftovers()).toEqual(NOTHING)
    }
  })

  test('I10: while loading, asking, failing or waiting for another tab it leaves nothing either', async () => {
    const world = worldOf()
    const [leader = NO_TAB, asking = NO_TAB, waiting = NO_TAB] = await world.signedIn(3)
    const loading = world.open()
    await world.run(loading.coordinator.close())
    expect(loading.leftovers()).toEqual(NOTHING)

    world.server.fault = () => ({ afterMs: 10_000 })
    for (const tab of [leader, asking, waiting]) tab.coordinator.refresh().catch(() => {})
    await world.advance(500)
    await world.run(asking.coordinator.close())
    expect(asking.leftovers()).toEqual(NOTHING)
    await world.advance(4500)
    expect(waiting.leftovers().locks).toBe(1)
    await world.run(waiting.coordinator.close())
    expect(waiting.leftovers()).toEqual(NOTHING)

    world.online = false
    await world.advance(60_000)
    leader.coordinator.refresh().catch(() => {})
    await world.advance(100)
    await world.run(leader.coordinator.close())
    expect(leader.leftovers()).toEqual(NOTHING)
  })

  test.each([true, false])('I10: during the claim of a grant it ends, with Web Locks: %s', async (locks) => {
    const world = worldOf({ locks })
    const [leader = NO_TAB, waiting = NO_TAB] = await world.signedIn(2)
    world.server.fault = () => ({ afterMs: 10_000 })
    leader.coordinator.refresh().catch(() => {})
    await world.advance(500)
    waiting.coordinator.refresh().catch(() => {})
    while (told(waiting, 'grant-started').length === 0) await world.advance(1)
    await world.run(waiting.coordinator.close())
    expect(waiting.leftovers()).toEqual(NOTHING)
    await world.advance(15_000)
  })

  test('I10: twice, at once and before start() it is harmless', async () => {
    const world = worldOf()
    const tab = world.open({ started: false })
    await world.run(tab.coordinator.close())
    tab.coordinator.start()
    await world.settle()
    await world.run(Promise.all([tab.coordinator.close(), tab.coordinator.close()]))
    await world.run(tab.coordinator.close())
    expect(tab.leftovers()).toEqual(NOTHING)
  })

  test('I10: a grant whose request is out is awaited, and its answer stored', async () => {
    const world = worldOf({ server: { reuseIntervalMs: 0, parentRule: false } })
    const tabs = await world.signedIn(2)
    world.server.fault = () => ({ afterMs: 500 })
    const leader = leaderOf(tabs)
    const asked = leader.coordinator.refresh()
    asked.catch(() => {})
    await world.advance(100)
    await world.run(leader.coordinator.close())
    expect(leader.leftovers()).toEqual(NOTHING)
    await expect(asked).rejects.toMatchObject({ code: 'closed' })
    const [other = NO_TAB] = tabs.filter((tab) => tab !== leader)
    await world.run(other.coordinator.refresh())
    expect(world.server.sent.every((grant) => grant.decision === 'rotated')).toBe(true)
  })

  test('start() after close() works, also before the close is over', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const [tab = NO_TAB] = tabs
    world.server.fault = () => ({ afterMs: 500 })
    tab.coordinator.refresh().catch(() => {})
    await world.advance(100)
    const closed = tab.coordinator.close()
    tab.coordinator.start()
    await world.run(closed)
    await world.settle()
    await world.advance(5000)
    expect(statusIn(tab)).toBe('signed-in')
    await world.run(tab.coordinator.close())
    tab.coordinator.start()
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
    await world.run(tab.coordinator.close())
    expect(tab.leftovers()).toEqual(NOTHING)
  })

  test('start() twice is harmless', async () => {
    const world = worldOf()
    const tab = world.open()
    tab.coordinator.start()
    await world.settle()
    expect(tab.leftovers()).toMatchObject({ channels: 1, elections: 1, listeners: 1 })
  })
})

describe('bad input', () => {
  const options = { refresh: async () => ({}) as never }

  test.each([
    ['name_invalid', { name: '' }],
    ['name_invalid', { name: '   ' }],
    ['name_invalid', { name: undefined }],
    ['name_invalid', { name: 7 }],
    ['option_invalid', { refresh: undefined }],
    ['option_invalid', { revoke: 'x' }],
    ['option_invalid', { refreshToken: 'hidden' }],
    ['option_invalid', { requestTimeoutMs: 99 }],
    ['option_invalid', { requestTimeoutMs: Number.NaN }],
    ['option_invalid', { requestTimeoutMs: Number.POSITIVE_INFINITY }],
    ['option_invalid', { requestTimeoutMs: 600_001 }],
  ])('%s: the constructor is given %o', (code, bad) => {
    const world = worldOf()
    expect(() => world.open({ ...options, started: false, ...bad } as never)).toThrow(
      expect.objectContaining({ code, name: 'SessionError' }),
    )
  })

  test('name_in_use: one page starts two coordinators of one name', async () => {
    const world = worldOf()
    const tab = world.open()
    const twin = tab.twin()
    expect(() => twin.start()).toThrow(expect.objectContaining({ code: 'name_in_use' }))
    await world.run(tab.coordinator.close())
    twin.start()
    await world.settle()
    expect(twin.getSnapshot().status).toBe('signed-out')
    await world.run(twin.close())
  })

  const calls: [string, (tab: FakeTab) => Promise<unknown>][] = [
    ['getAccessToken', (tab) => tab.coordinator.getAccessToken()],
    ['refresh', (tab) => tab.coordinator.refresh()],
    ['signIn', (tab) => tab.coordinator.signIn({ access_token: 'a', refresh_token: 'b', expires_in: 9 })],
    ['signOut', (tab) => tab.coordinator.signOut()],
    ['updateSession', (tab) => tab.coordinator.updateSession({})],
  ]

  test.each(calls)('not_started, closed: %s before start() and after close()', async (_, call) => {
    const world = worldOf()
    const tab = world.open({ started: false })
    await expect(world.run(call(tab))).rejects.toMatchObject({ code: 'not_started' })
    tab.coordinator.start()
    await world.run(tab.coordinator.close())
    await expect(world.run(call(tab))).rejects.toMatchObject({ code: 'closed' })
  })

  test.each(calls)('closed: close() comes while %s waits for the stored session', async (_, call) => {
    const world = worldOf()
    const tab = world.open()
    const called = call(tab)
    const outcome = called.then(
      () => 'done',
      (error) => error.code,
    )
    await world.run(tab.coordinator.close())
    await world.settle()
    expect(await world.run(outcome)).toBeOneOf(['closed', 'done', 'session_missing'])
    expect(tab.leftovers()).toEqual(NOTHING)
  })

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, '5', null])(
    'option_invalid: minValidityMs is %o',
    async (minValidityMs) => {
      const world = worldOf()
      const [tab = NO_TAB] = await world.signedIn(1)
      const asked = world.run(tab.coordinator.getAccessToken({ minValidityMs } as never))
      await expect(asked).rejects.toMatchObject({ code: 'option_invalid' })
      expect(world.server.sent).toHaveLength(0)
    },
  )

  test.each([
    ['session_invalid', undefined],
    ['session_invalid', null],
    ['session_invalid', 'text'],
    ['session_invalid', { refresh_token: 'b', expires_in: 9 }],
    ['session_invalid', { access_token: 'a', expires_in: 9 }],
    ['session_invalid', { access_token: '', refresh_token: 'b', expires_in: 9 }],
    ['session_invalid', { access_token: 'a', refresh_token: 5, expires_in: 9 }],
    ['expiry_invalid', { access_token: 'a', refresh_token: 'b' }],
    ['expiry_invalid', { access_token: 'a', refresh_token: 'b', expires_in: Number.NaN }],
    ['expiry_invalid', { access_token: 'a', refresh_token: 'b', expires_in: Number.POSITIVE_INFINITY }],
    ['expiry_invalid', { access_token: 'a', refresh_token: 'b', expires_at: '2030-01-01' }],
  ])('%s: signIn is given %o', async (code, session) => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    const before = tab.coordinator.getSnapshot()
    await expect(world.run(tab.coordinator.signIn(session as never))).rejects.toMatchObject({ code })
    expect(tab.coordinator.getSnapshot()).toBe(before)
  })

  test('session_missing: updateSession without a session', async () => {
    const world = worldOf()
    const tab = world.open()
    const updated = world.run(tab.coordinator.updateSession({}))
    await expect(updated).rejects.toMatchObject({ code: 'session_missing' })
  })

  test('I7: updateSession changes no token, whatever its caller passes', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    const before = sessionIn(tab)
    await world.run(
      tab.coordinator.updateSession({ access_token: 'old', refresh_token: 'old', a: 1 } as never),
    )
    expect(sessionIn(tab)).toEqual({ ...before, a: 1 })
    await world.run(tab.coordinator.refresh())
    expect(world.server.countOf('rotated')).toBe(1)
  })
})

describe('subscribers', () => {
  let uncaught: unknown[] = []
  let before: Listener[] = []
  beforeEach(() => {
    uncaught = []
    before = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', (error) => uncaught.push(error))
  })
  afterEach(() => {
    process.removeAllListeners('unhandledRejection')
    for (const listener of before) process.on('unhandledRejection', listener)
  })

  test('one that throws hurts nobody, and is reported as uncaught', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    const bug = new RangeError('bug')
    let heard = 0
    tab.coordinator.subscribe(() => {
      throw bug
    })
    tab.coordinator.onDiagnostic(() => {
      throw bug
    })
    tab.coordinator.subscribe(() => heard++)
    await world.run(tab.coordinator.refresh())
    expect(heard).toBeGreaterThan(0)
    expect(uncaught).toContain(bug)
  })

  test('one hears of each change, and of nothing after it has left', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    let heard = 0
    const leave = tab.coordinator.subscribe(() => heard++)
    await world.run(tab.coordinator.refresh())
    expect(heard).toBe(1)
    leave()
    leave()
    await world.run(tab.coordinator.refresh())
    expect(heard).toBe(1)
  })

  test('one may call the coordinator, and even close it', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    const outcomes: Promise<unknown>[] = []
    tab.coordinator.subscribe(() => {
      outcomes.push(tab.coordinator.getAccessToken().catch((error) => error.code))
      outcomes.push(tab.coordinator.close())
    })
    tab.coordinator.refresh().catch(() => {})
    await world.advance(1000)
    expect(outcomes.length).toBeGreaterThan(0)
    await world.run(Promise.all(outcomes))
    expect(tab.leftovers()).toEqual(NOTHING)
  })

  test('the snapshot is the same object until something in it changes', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const [tab = NO_TAB] = tabs
    const snapshot = tab.coordinator.getSnapshot()
    tab.hide()
    tab.show()
    tab.tell('online')
    tab.tell('woken')
    world.channel.inject({ v: 1, from: 'x', type: 'nonsense' })
    await world.settle()
    await world.run(tab.coordinator.getAccessToken())
    expect(tab.coordinator.getSnapshot()).toBe(snapshot)
    await world.run(tab.coordinator.refresh())
    expect(tab.coordinator.getSnapshot()).not.toBe(snapshot)
  })

  test('no listener is called in the middle of a change', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    const seen: string[] = []
    tab.coordinator.subscribe(() => seen.push(tab.coordinator.getSnapshot().status))
    await world.run(tab.coordinator.signOut())
    await world.signIn(tab)
    expect(seen).toEqual(['signed-out', 'signed-in'])
  })
})

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
