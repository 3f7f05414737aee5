import { expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import { failingIn, leaderOf, reasonIn, tokensIn, told, validityIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab
const HOUR_MS = 60 * 60 * 1000

/** A browser that blocks this site's data: it has Web Locks and IndexedDB, and refuses both. */
const blockedWorld = () => {
  const world = worldOf()
  const forbid = () => Promise.reject(new DOMException('Forbidden.', 'SecurityError'))
  const { open } = world.locks
  world.locks.open = (owner) => ({ ...open(owner), hold: forbid, released: forbid })
  world.disk.fault = () => 'UnknownError'
  return world
}

test('I1: where locks and the store are refused, the tabs share a session in memory, and one grant for an expiry', async () => {
  const world = blockedWorld()
  const tabs = await world.signedIn(3)
  const [tab = NO_TAB, other = NO_TAB] = tabs
  await world.run(other.coordinator.refresh())
  await world.settle()
  expect(world.server.sent).toHaveLength(1)
  expect(tokensIn(tabs)).toHaveLength(1)
  await world.advance(3 * HOUR_MS)
  expect(tabs.map(failingIn)).toEqual([null, null, null])
  for (const each of tabs) expect(validityIn(each)).toBeGreaterThan(0)
  expect(world.server.sent.length).toBeLessThanOrEqual(5)
  expect(told(tab, 'storage-failed').map(({ code }) => code)).toEqual(['UnknownError'])
})

test('a tab that hears nobody, either, goes on by itself', async () => {
  const world = blockedWorld()
  world.channel.delivery = () => []
  const tab = world.open()
  await world.advance(1000)
  await world.signIn(tab)
  await world.advance(3 * HOUR_MS)
  expect(failingIn(tab)).toBeNull()
  expect(validityIn(tab)).toBeGreaterThan(0)
  await world.run(tab.coordinator.signOut())
  expect(reasonIn(tab)).toBe('signed-out')
})

test("where only the locks are refused, a grant of one tab is everybody's, by the record", async () => {
  const world = blockedWorld()
  world.disk.fault = () => null
  const tabs = await world.signedIn(3)
  await world.run(Promise.all(tabs.map((tab) => tab.coordinator.refresh())))
  await world.settle()
  expect(world.server.sent).toHaveLength(1)
  expect(tokensIn(tabs)).toHaveLength(1)
  expect(() => leaderOf(tabs)).not.toThrow()
})
