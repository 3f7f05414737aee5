import { expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeWorld } from './testing/fake-world.ts'
import { leaderOf, tokensIn, validityIn } from './testing/looks.ts'

const worldOf = checkedWorlds()

/** From now on each access waits that long for its turn, as behind another page's transaction. */
const slowDown = (world: FakeWorld, waitMs: number): void => {
  const { open } = world.disk
  world.disk.open = (owner) => {
    const { read, transact } = open(owner)
    const inTurn = <T>(access: () => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        world.loop.add('store', owner, waitMs, () => access().then(resolve, reject))
      })
    return { read: () => inTurn(read), transact: (decide) => inTurn(() => transact(decide)) }
  }
}

test.each([2100, 5000])(
  'a store that keeps everybody waiting for %i ms lets one grant through',
  async (waitMs) => {
    const world = worldOf()
    slowDown(world, waitMs)
    const tabs = await world.signedIn(2)
    const refreshed = leaderOf(tabs).coordinator.refresh()
    await world.advance(60_000)
    expect(world.server.sent.map(({ decision }) => decision)).toEqual(['rotated'])
    expect(tokensIn(tabs)).toEqual([(await world.run(refreshed)).access_token])
    await world.advance(2 * 60 * 60 * 1000)
    for (const tab of tabs) expect(validityIn(tab)).toBeGreaterThan(0)
    expect(world.server.sent.length).toBeLessThanOrEqual(4)
  },
)
