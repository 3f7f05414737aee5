import { describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import type { FakeWorld } from './testing/fake-world.ts'
import { leaderOf, sessionIn, statusIn, tokensIn, told, validityIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const STRICT = { reuseIntervalMs: 0, parentRule: false }

const others = (tabs: FakeTab[], than: FakeTab) => tabs.filter((tab) => tab !== than)

/** Lets the leader send a grant whose answer takes `afterMs`. */
const leaderInGrant = async (world: FakeWorld, tabs: FakeTab[], afterMs: number): Promise<FakeTab> => {
  world.server.fault = (n) => (n === 1 ? { afterMs } : {})
  const leader = leaderOf(tabs)
  leader.coordinator.refresh().catch(() => {})
  await world.advance(50)
  expect(world.server.sent).toHaveLength(1)
  return leader
}

describe('a leader that does not run', () => {
  test('frozen leader: a follower performs the grant itself after the accept wait', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const leader = leaderOf(tabs)
    leader.freeze()
    const [follower] = others(tabs, leader)
    const startMs = world.loop.nowMs()
    await world.run(Promise.resolve(follower?.coordinator.refresh()))
    expect(world.loop.nowMs() - startMs).toBeLessThan(2500)
    expect(world.server.sent.map((grant) => grant.sender)).toEqual([follower])
  })

  test('frozen leader: it hears the question, and makes no second grant when it wakes', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const leader = leaderOf(tabs)
    const [follower] = others(tabs, leader)
    leader.freeze()
    await world.run(Promise.resolve(follower?.coordinator.refresh()))
    expect(told(leader, 'grant-started')).toHaveLength(1)
    leader.thaw()
    await world.settle()
    expect(world.server.sent).toHaveLength(1)
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('frozen leader: visible followers do not let the token expire', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(5)
    const leader = leaderOf(tabs)
    leader.freeze()
    await world.advance(3 * 60 * 60 * 1000)
    for (const tab of others(tabs, leader)) expect(validityIn(tab)).toBeGreaterThan(0)
    expect(world.server.sent.length).toBeLessThanOrEqual(4)
    leader.thaw()
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('a closed leader is replaced, and the next one has the schedule', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3, { visible: false })
    const leader = leaderOf(tabs)
    await world.run(leader.coordinator.close())
    await world.advance(60 * 60 * 1000)
    expect(world.server.sent).toHaveLength(1)
    expect(tokensIn(others(tabs, leader))).toHaveLength(1)
  })

  test('I4: a leader that crashes between commit and message: the next leader tells the others', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(4, { visible: false })
    const leader = leaderOf(tabs)
    world.channel.delivery = (from) => (from === leader ? [] : [1])
    await world.run(leader.coordinator.refresh())
    leader.crash()
    await world.settle()
    const rest = others(tabs, leader)
    expect(tokensIn(rest)).toHaveLength(1)
    expect(rest.map((tab) => tab.coordinator.getSnapshot().generation)).toEqual([2, 2, 2])
  })
})

describe('a grant that its tab does not finish', () => {
  test('leader crashes mid-grant: the next leader finishes the grant at once though nobody waits for it', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3, { visible: false })
    const leader = await leaderInGrant(world, tabs, 8000)
    leader.crash()
    await world.settle()
    const rest = others(tabs, leader)
    expect(world.server.sent).toHaveLength(2)
    expect(tokensIn(rest)).toHaveLength(1)
    expect(told(leaderOf(rest), 'grant-sent').map(({ tookOver }) => tookOver)).toEqual([true])
  })

  test('leader crashes mid-grant and no other tab is open: the next tab finishes the grant', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(1)
    const leader = await leaderInGrant(world, tabs, 8000)
    leader.crash()
    const next = world.open()
    await world.settle()
    expect(world.server.sent).toHaveLength(2)
    expect(statusIn(next)).toBe('signed-in')
  })

  test('leader crashes mid-grant: another tab takes over at once through the released lock', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const leader = await leaderInGrant(world, tabs, 8000)
    const [follower] = others(tabs, leader)
    const asked = follower?.coordinator.refresh()
    await world.advance(100)
    const startMs = world.loop.nowMs()
    leader.crash()
    await world.run(Promise.resolve(asked))
    expect(world.loop.nowMs() - startMs).toBeLessThan(200)
    expect(world.server.sent.map((grant) => grant.decision)).toEqual(['rotated', 'parent'])
    await world.settle()
    expect(tokensIn(others(tabs, leader))).toHaveLength(1)
    const sent = others(tabs, leader).flatMap((tab) => told(tab, 'grant-sent'))
    expect(sent.map((event) => event.tookOver)).toEqual([true])
  })

  test('leader closes its page mid-grant: another tab takes over at once', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const leader = await leaderInGrant(world, tabs, 8000)
    const [follower] = others(tabs, leader)
    const asked = follower?.coordinator.refresh()
    await world.advance(100)
    const startMs = world.loop.nowMs()
    leader.unload()
    await world.run(Promise.resolve(asked))
    expect(world.loop.nowMs() - startMs).toBeLessThan(200)
    expect(world.server.countOf('parent')).toBe(1)
  })

  test('I1: leader freezes mid-grant: it is overtaken only after the deadline', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const startMs = world.loop.nowMs()
    const leader = await leaderInGrant(world, tabs, 100)
    leader.freeze()
    const [follower] = others(tabs, leader)
    await world.run(Promise.resolve(follower?.coordinator.refresh()))
    const [, second] = world.server.sent
    expect((second?.atMs ?? 0) - startMs).toBeGreaterThanOrEqual(15_000)
    expect((second?.atMs ?? 0) - startMs).toBeLessThan(16_000)
  })

  test('I3: the late commit of a leader that was overtaken is refused', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const leader = await leaderInGrant(world, tabs, 100)
    leader.freeze()
    const [follower] = others(tabs, leader)
    await world.run(Promise.resolve(follower?.coordinator.refresh()))
    const generation = follower?.coordinator.getSnapshot().generation
    leader.thaw()
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(leader.coordinator.getSnapshot().generation).toBe(generation)
    expect(told(leader, 'grant-ended').map((event) => event.outcome)).toEqual(['superseded'])
  })

  test('I2: an answer that is lost after the commit: the same token is sent again and answered', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    world.server.fault = (n) => (n === 1 ? { lost: true } : {})
    await world.advance(2 * 60 * 60 * 1000)
    expect(world.server.sent.slice(0, 2).map((grant) => grant.decision)).toEqual(['rotated', 'parent'])
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(tabs.every((tab) => validityIn(tab) > 0)).toBe(true)
  })

  test('I2: a page that was frozen between claim and request does not send any more', async () => {
    const world = worldOf({ server: STRICT })
    const tabs = await world.signedIn(2)
    const leader = leaderOf(tabs)
    leader.coordinator.refresh().catch(() => {})
    while (world.disk.writes < 2) await world.advance(1)
    leader.freeze()
    const [follower] = others(tabs, leader)
    await world.run(Promise.resolve(follower?.coordinator.refresh()))
    leader.thaw()
    await world.settle()
    expect(world.server.sent.map((grant) => grant.decision)).toEqual(['rotated'])
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('a waiter that is frozen starves nobody', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(4)
    const leader = await leaderInGrant(world, tabs, 8000)
    const [waiter, next] = others(tabs, leader)
    void waiter?.coordinator.refresh()
    await world.advance(5000)
    waiter?.freeze()
    leader.crash()
    const startMs = world.loop.nowMs()
    await world.run(Promise.resolve(next?.coordinator.refresh()))
    expect(world.loop.nowMs() - startMs).toBeLessThan(2000)
  })
})

describe('no Web Locks', () => {
  test('one expiry in ten tabs is one grant', async () => {
    const world = worldOf({ locks: false })
    const tabs = await world.signedIn(10)
    await world.advance(60 * 60 * 1000)
    expect(world.server.sent).toHaveLength(1)
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('a slow grant is waited for by polling the record', async () => {
    const world = worldOf({ locks: false })
    const tabs = await world.signedIn(3)
    const leader = await leaderInGrant(world, tabs, 9000)
    world.channel.delivery = () => []
    const [follower] = others(tabs, leader)
    await world.run(Promise.resolve(follower?.coordinator.refresh()))
    expect(world.server.sent).toHaveLength(1)
    expect(follower && sessionIn(follower).access_token).toBe(sessionIn(leader).access_token)
  })

  test('after a crash mid-grant another tab takes over by the deadline of the intent', async () => {
    const world = worldOf({ locks: false })
    const tabs = await world.signedIn(3)
    const startMs = world.loop.nowMs()
    const leader = await leaderInGrant(world, tabs, 8000)
    leader.crash()
    const [follower] = others(tabs, leader)
    await world.run(Promise.resolve(follower?.coordinator.refresh()))
    const tookMs = (world.server.sent[1]?.atMs ?? 0) - startMs
    expect(tookMs).toBeGreaterThanOrEqual(15_000)
    expect(tookMs).toBeLessThan(17_000)
    expect(statusIn(follower as FakeTab)).toBe('signed-in')
  })

  test('the intent of a crashed tab does not outlive a clock that is put back', async () => {
    const world = worldOf({ locks: false })
    const tabs = await world.signedIn(3)
    const leader = await leaderInGrant(world, tabs, 8000)
    leader.crash()
    world.setClock(-24 * 60 * 60 * 1000)
    const [follower] = others(tabs, leader)
    const startMs = world.loop.nowMs()
    await world.run(Promise.resolve(follower?.coordinator.refresh()))
    expect(world.loop.nowMs() - startMs).toBeLessThan(60_000)
  })
})
