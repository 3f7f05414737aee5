import { describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import type { FakeWorld } from './testing/fake-world.ts'
import { leaderOf, sessionIn, statusIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab

/** Three tabs, of which a follower does something, and is reloaded between storing and telling. */
const reloadedAfter = async (world: FakeWorld, act: (tab: FakeTab) => Promise<unknown>) => {
  const tabs = await world.signedIn(3)
  const leader = leaderOf(tabs)
  const [reloaded = NO_TAB, other = NO_TAB] = tabs.filter((tab) => tab !== leader)
  const { writes } = world.disk
  const posted = world.channel.posted.length
  act(reloaded).catch(() => {})
  while (world.disk.writes === writes) await world.advance(1)
  reloaded.unload()
  await world.advance(1000)
  expect(world.channel.posted).toHaveLength(posted)
  const again = world.open()
  await world.settle()
  return [leader, other, again]
}

describe('a page that is reloaded between storing and telling', () => {
  test('I4: its sign-out reaches the others with its next start', async () => {
    const world = worldOf()
    const tabs = await reloadedAfter(world, (tab) => tab.coordinator.signOut())
    expect(tabs.map(statusIn)).toEqual(['signed-out', 'signed-out', 'signed-out'])
  })

  test("I4: another user's sign-in reaches the others with its next start", async () => {
    const world = worldOf()
    const session = world.server.signIn()
    const tabs = await reloadedAfter(world, (tab) => tab.coordinator.signIn(session))
    expect(tabs.map((tab) => sessionIn(tab).access_token)).toEqual(Array(3).fill(session.access_token))
  })
})
