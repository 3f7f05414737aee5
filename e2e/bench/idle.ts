import { settled, signIn } from '../src/tabs.ts'
import { ADA } from '../src/world.ts'
import { inWorld } from './bench-world.ts'

const IDLE_MS = 60 * 1000 // 1 minute

declare global {
  var postedCount: number | undefined
}

/** Channel messages of this many tabs in a minute in which nothing happens. */
export const idleMessages = (count: number): Promise<number> =>
  inWorld(async (world) => {
    await world.context.addInitScript(() => {
      const { postMessage } = BroadcastChannel.prototype
      BroadcastChannel.prototype.postMessage = function (message) {
        globalThis.postedCount = (globalThis.postedCount ?? 0) + 1
        postMessage.call(this, message)
      }
    })
    const tabs = await world.openMany(count)
    const [first] = tabs
    if (first) await signIn(first, ADA)
    await settled(tabs)
    const posted = async () => {
      const counts = await Promise.all(tabs.map((tab) => tab.evaluate(() => globalThis.postedCount ?? 0)))
      return counts.reduce((sum, each) => sum + each, 0)
    }
    const before = await posted()
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
    return (await posted()) - before
  })
