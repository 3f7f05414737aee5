import { describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeWorld } from './testing/fake-world.ts'
import { failingIn, leaderOf, statusIn, tokensIn, validityIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** Asks in all tabs every ten seconds. */
const useFor = async (world: FakeWorld, ms: number): Promise<void> => {
  for (let passedMs = 0; passedMs < ms; passedMs += 10_000) {
    await world.run(Promise.all(world.tabs.map((tab) => tab.coordinator.getAccessToken().catch(() => {}))))
    await world.advance(10_000)
  }
}

describe('a wrong clock', () => {
  test.each([DAY_MS, -DAY_MS])("a server's clock that is %i ms off costs no more grants", async (offMs) => {
    const expiry = (nowMs: number, lifetimeSeconds: number) => ({
      expires_in: lifetimeSeconds,
      expires_at: Math.floor((nowMs + offMs) / 1000) + lifetimeSeconds,
    })
    const world = worldOf({ server: { expiry } })
    const tabs = await world.signedIn(5)
    await useFor(world, 3 * HOUR_MS)
    expect(world.server.sent.length).toBeLessThanOrEqual(4)
    for (const tab of tabs) expect(validityIn(tab)).toBeGreaterThan(0)
  })

  test("what a tab shows as expires_at goes by this browser's clock", async () => {
    const expiry = (nowMs: number) => ({ expires_in: 3600, expires_at: Math.floor((nowMs - DAY_MS) / 1000) })
    const world = worldOf({ server: { expiry } })
    const [tab] = await world.signedIn(1)
    const snapshot = tab?.coordinator.getSnapshot()
    const expiresAt = snapshot?.status === 'signed-in' ? (snapshot.session.expires_at ?? 0) : 0
    expect(expiresAt - world.wallMs() / 1000).toBeGreaterThan(3590)
    expect(expiresAt - world.wallMs() / 1000).toBeLessThanOrEqual(3600)
  })

  test('tokens that seem expired on arrival cause no storm', async () => {
    const expiry = (nowMs: number) => ({ expires_at: Math.floor((nowMs - DAY_MS) / 1000) })
    const world = worldOf({ server: { expiry } })
    const tabs = await world.signedIn(5)
    await world.advance(HOUR_MS)
    expect(world.server.sent.length).toBeLessThanOrEqual(120)
    for (const tab of tabs) expect(statusIn(tab)).toBe('signed-in')
  })

  test('a clock that jumps a day forward and back costs two grants', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(10)
    await useFor(world, 60_000)
    world.setClock(DAY_MS)
    await useFor(world, 60_000)
    expect(world.server.sent).toHaveLength(1)
    world.setClock(-DAY_MS)
    await useFor(world, 60_000)
    expect(world.server.sent).toHaveLength(2)
    expect(tokensIn(tabs)).toHaveLength(1)
    await useFor(world, 2 * HOUR_MS)
    expect(world.server.sent.length).toBeLessThanOrEqual(5)
  })

  test('a clock that is put back a day does not stop the schedule', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    world.setClock(-DAY_MS)
    await world.advance(2 * HOUR_MS)
    expect(world.server.sent.length).toBeGreaterThanOrEqual(1)
    expect(world.server.sent.length).toBeLessThanOrEqual(3)
    for (const tab of tabs) expect(validityIn(tab)).toBeGreaterThan(0)
  })

  test('a failure noted by a clock that was a day ahead does not stop the attempts', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    world.setClock(DAY_MS)
    world.online = false
    await useFor(world, HOUR_MS)
    expect(failingIn(leaderOf(tabs))).toBe('TypeError')
    world.setClock(-DAY_MS)
    world.online = true
    await world.advance(10 * 60 * 1000)
    for (const tab of tabs) expect(failingIn(tab)).toBeNull()
    expect(world.server.sent.length).toBeLessThanOrEqual(2)
  })
})
