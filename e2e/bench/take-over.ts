import type { Page } from '@playwright/test'
import { crash, freeze } from '../src/lifecycle.ts'
import { leaderOf, settled, signIn } from '../src/tabs.ts'
import { ADA, type World } from '../src/world.ts'
import { inWorld } from './bench-world.ts'
import { medianOf } from './statistics.ts'

const TABS = 4
const ROUNDS = 5

const until = async <T>(look: () => T | undefined): Promise<T> => {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

const openTabs = async (world: World) => {
  const tabs = await world.openMany(TABS)
  const [first] = tabs
  if (first) await signIn(first, ADA)
  await settled(tabs)
  return leaderOf(tabs)
}

/** The leader is lost mid-grant: until the grant of another tab reaches the server. */
export const takeOverMs = (lose: 'close' | 'crash'): Promise<number> =>
  medianOf(ROUNDS, () =>
    inWorld(async (world) => {
      const { leader } = await openTabs(world)
      world.fault({ kind: 'hang-after-commit' })
      await leader.evaluate(() => void app.coordinator?.refresh().catch(() => {}))
      await until(() => world.refreshes()[0])
      const lostAtMs = Date.now()
      const lost = lose === 'close' ? leader.close() : crash(leader)
      const { atMs } = await until(() => world.refreshes()[1])
      await lost
      return atMs - lostAtMs
    }),
  )

/** The leader is frozen: until a follower that wants a rotation has it. */
export const frozenLeaderMs = (): Promise<number> =>
  medianOf(ROUNDS, () =>
    inWorld(async (world) => {
      const { leader, followers } = await openTabs(world)
      await freeze(leader)
      const [follower] = followers as [Page]
      return follower.evaluate(async () => {
        const startedMs = performance.now()
        await app.coordinator?.refresh()
        return performance.now() - startedMs
      })
    }, true),
  )
