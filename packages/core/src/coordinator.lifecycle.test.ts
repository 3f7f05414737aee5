import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import { leaderOf, NOTHING, statusIn, tokensIn, told } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab

type Listener = (error: unknown) => void
declare const process: {
  listeners(name: string): Listener[]
  removeAllListeners(name: string): void
  on(name: string, listener: Listener): void
}

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
