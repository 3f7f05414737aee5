import type { Page } from '@playwright/test'
import { leaderOf, settled, signIn } from '../src/tabs.ts'
import { ADA } from '../src/world.ts'
import { inWorld } from './bench-world.ts'
import { medianOf } from './statistics.ts'

const ROUNDS = 15

declare global {
  /** When this tab had what the others were told, and when the server's answer came. */
  var heardAtMs: number | undefined
  var answeredAtMs: number | undefined
  var rawChannel: BroadcastChannel
}

const lastHeard = async (tabs: readonly Page[]): Promise<number> => {
  const times = await Promise.all(
    tabs.map(async (tab) => {
      const handle = await tab.waitForFunction(() => globalThis.heardAtMs, undefined, { polling: 5 })
      return (await handle.jsonValue()) ?? Number.NaN
    }),
  )
  return Math.max(...times)
}

/** Each tab notes when its snapshot changes, and when the answer of a grant arrives in it. */
const watch = () => {
  const now = () => performance.timeOrigin + performance.now()
  app.coordinator?.subscribe(() => {
    globalThis.heardAtMs ??= now()
  })
  const { fetch } = globalThis
  globalThis.fetch = async (...request) => {
    const response = await fetch(...request)
    if (String(request[0]).includes('grant_type=refresh_token')) globalThis.answeredAtMs = now()
    return response
  }
  globalThis.rawChannel = new BroadcastChannel('raw')
  rawChannel.onmessage = () => {
    globalThis.heardAtMs ??= now()
  }
}

const forget = () => {
  globalThis.heardAtMs = undefined
}

/** From the answer to the last tab having the token, and the same for one message of that size to all tabs. */
export const spread = (count: number): Promise<{ solotabMs: number; rawMs: number }> =>
  inWorld(async (world) => {
    const tabs = await world.openMany(count)
    const [first] = tabs
    if (first) await signIn(first, ADA)
    await settled(tabs)
    const { leader, followers } = await leaderOf(tabs)
    for (const tab of tabs) await tab.evaluate(watch)

    const rotate = async () => {
      for (const tab of tabs) await tab.evaluate(forget)
      await leader.evaluate(() => app.coordinator?.refresh().then(() => undefined))
      const answered = await leader.evaluate(() => globalThis.answeredAtMs ?? Number.NaN)
      return (await lastHeard(tabs)) - answered
    }
    const fanOut = async () => {
      for (const tab of tabs) await tab.evaluate(forget)
      const sent = await leader.evaluate(() => {
        const at = performance.timeOrigin + performance.now()
        rawChannel.postMessage(app.coordinator?.getSnapshot())
        return at
      })
      return (await lastHeard(followers)) - sent
    }
    await rotate()
    await fanOut()
    return { solotabMs: await medianOf(ROUNDS, rotate), rawMs: await medianOf(ROUNDS, fanOut) }
  })
