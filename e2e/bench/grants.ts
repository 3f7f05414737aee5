import { signIn, together } from '../src/tabs.ts'
import { ADA, type TabOptions } from '../src/world.ts'
import { inWorld } from './bench-world.ts'
import { medianOf } from './statistics.ts'

const ROTATIONS = 3
const EXPIRED_MS = 2 * 60 * 60 * 1000 // 2 hours: tokens live one

/** How many grants reach the server when the token of this many tabs expires and all of them ask. */
export const grantsPerRotation = (count: number, mode: TabOptions['mode'] & string): Promise<number> =>
  inWorld(async (world) => {
    const tabs = await world.openMany(count, { mode })
    const [first] = tabs
    if (first) await signIn(first, ADA)
    return medianOf(ROTATIONS, async () => {
      await world.passTime(EXPIRED_MS)
      const before = world.refreshes().length
      await together(tabs, () => app.supabase.auth.getSession().then(() => undefined))
      return world.refreshes().length - before
    })
  })
