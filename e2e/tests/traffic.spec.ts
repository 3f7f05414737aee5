import type { Page } from '@playwright/test'
import { shiftClock } from '../src/shift-clock.ts'
import { leaderOf, settled, signIn, snapshotOf } from '../src/tabs.ts'
import { ADA, CLIENT_VERSIONS, expect, type TabOptions, test, type World } from '../src/world.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default
const DAY_MS = 24 * 60 * 60 * 1000

async function signedIn(world: World, count: number, options: TabOptions): Promise<Page[]> {
  const tabs = await world.openMany(count, options)
  await signIn(tabs[0] ?? (await world.open(options)), ADA)
  return tabs
}

/** Each tab sends query after query for that long. Returns the codes of the errors. */
async function queryConstantly(tabs: readonly Page[], forMs: number): Promise<string[]> {
  const failures = await Promise.all(
    tabs.map((tab) =>
      tab.evaluate(async (ms) => {
        const failed: string[] = []
        const endMs = performance.now() + ms
        while (performance.now() < endMs) {
          const { error } = await app.supabase.from('notes').select()
          if (error) failed.push(error.code || error.message)
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
        return failed
      }, forMs),
    ),
  )
  return failures.flat()
}

for (const client of CLIENT_VERSIONS) {
  test.describe(`client ${client}, tokens of 8 s and constant queries`, () => {
    test.use({ serverOptions: { accessTokenSeconds: 8 } })

    test('six tabs: about one grant per life, and no request with an expired token', async ({
      world,
    }, testInfo) => {
      const startedMs = world.server.state.nowMs()
      const tabs = await signedIn(world, 6, { client })
      expect(await queryConstantly(tabs, 25 * 1000)).toEqual([])
      const lives = (world.server.state.nowMs() - startedMs) / 8000
      const grants = world.refreshes().length
      const figure = `${grants} grants in ${lives.toFixed(1)} lives, ${world.server.state.restLog.counts.total} queries`
      console.log(`client ${client}: ${figure}`)
      testInfo.annotations.push({ type: 'figure', description: figure })
      expect(grants).toBeGreaterThanOrEqual(Math.floor(lives))
      expect(grants).toBeLessThanOrEqual(1.6 * lives + 1)
      expect(world.refreshes().every(({ outcome, reuse }) => outcome === 'rotated' && !reuse)).toBe(true)
      const { total, valid } = world.server.state.restLog.counts
      expect({ valid }).toEqual({ valid: total })
    })
  })

  test(`client ${client}: a query whose token expires on its way is answered all the same`, async ({
    world,
  }) => {
    const [tab] = await signedIn(world, 2, { client })
    await tab?.route(
      '**/rest/v1/notes*',
      async (route) => {
        await world.passTime(TOKEN_LIFE_MS)
        await route.continue()
      },
      { times: 1 },
    )
    expect(await tab?.evaluate(async () => (await app.supabase.from('notes').select()).error)).toBeNull()
    expect(world.server.state.restLog.counts).toMatchObject({ total: 2, expired: 1, valid: 1 })
    expect(world.refreshes()).toMatchObject([{ outcome: 'rotated', reuse: false }])
  })

  for (const [clock, shiftMs] of [
    ['a day ahead', DAY_MS],
    ['a day behind', -DAY_MS],
  ] as const) {
    test.describe(`client ${client}, the clock of the device is ${clock}`, () => {
      test('from the start: no grant, and queries work', async ({ world }) => {
        await shiftClock(world.context, shiftMs)
        const tabs = await signedIn(world, 6, { client })
        await settled(tabs)
        expect(await queryConstantly(tabs, 1500)).toEqual([])
        expect(world.refreshes()).toHaveLength(0)
        const { total, valid } = world.server.state.restLog.counts
        expect({ valid }).toEqual({ valid: total })
      })

      test('all of a sudden: one grant at most, and queries work', async ({ world }) => {
        const tabs = await signedIn(world, 6, { client })
        await settled(tabs)
        await shiftClock(world.context, shiftMs)
        expect(await queryConstantly(tabs, 1500)).toEqual([])
        expect(world.refreshes().length).toBeLessThanOrEqual(1)
        const { total, valid } = world.server.state.restLog.counts
        expect({ valid }).toEqual({ valid: total })
      })
    })
  }
}

test('nobody asks for anything: no message and no grant', async ({ world }) => {
  await world.context.addInitScript(() => {
    const { postMessage } = BroadcastChannel.prototype
    BroadcastChannel.prototype.postMessage = function (message) {
      performance.mark(`posted on ${this.name.split(':')[0]}`)
      postMessage.call(this, message)
    }
  })
  const tabs = await signedIn(world, 4, {})
  await settled(tabs)
  await leaderOf(tabs)
  const posts = async () =>
    (
      await Promise.all(tabs.map((tab) => tab.evaluate(() => performance.getEntriesByType('mark').length)))
    ).flat()
  const { generation } = await snapshotOf(tabs[0] ?? (await world.open()))
  const before = await posts()
  await queryConstantly(tabs, 2000)
  expect(await posts()).toEqual(before)
  expect(await settled(tabs)).toMatchObject({ generation })
  expect(world.refreshes()).toHaveLength(0)
})
