import { signIn } from '../src/tabs.ts'
import { ADA, type TabOptions } from '../src/world.ts'
import { inWorld } from './bench-world.ts'
import { medianOf } from './statistics.ts'

const TABS_BEFORE = 5
const ROUNDS = 15

/** From the making of the client in a new tab to the answer of its first `getSession()`. */
export const newTabMs = (mode: TabOptions['mode'] & string): Promise<number> =>
  inWorld(async (world) => {
    const [first] = await world.openMany(TABS_BEFORE, { mode })
    if (first) await signIn(first, ADA)
    return medianOf(ROUNDS, async () => {
      const tab = await world.open({ mode, measure: 'session' })
      const handle = await tab.waitForFunction(() => app.firstSessionMs)
      const tookMs = (await handle.jsonValue()) ?? Number.NaN
      await tab.close()
      return tookMs
    })
  })
