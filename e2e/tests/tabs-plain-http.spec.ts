import { crash } from '../src/lifecycle.ts'
import { poll } from '../src/tabs.ts'
import { idOf, openTabsApps, seenById, seenIn } from '../src/tabs-app.ts'
import { expect, test, type World } from '../src/world.ts'

const HOST = 'solotab.test'

test.use({
  host: HOST,
  launchOptions: async ({ launchOptions }, use) => {
    await use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
    })
  },
})

async function opened(world: World) {
  const tabs = await openTabsApps(world, 3)
  const ids = await Promise.all(tabs.map(idOf))
  const [one, , third] = tabs
  if (!one || !third) throw new Error('No tabs.')
  return { tabs, ids, one, third }
}

test.describe('plain http on a name of the local network: no Web Locks', () => {
  test('tabs that come and go are in the list', async ({ world }) => {
    const { tabs, ids, one, third } = await opened(world)
    expect(await one.evaluate(() => [isSecureContext, 'locks' in navigator])).toEqual([false, false])
    for (const tab of tabs) {
      await poll(async () => (await seenIn(tab, tabs)).sort()).toEqual([
        'follower visible',
        'follower visible',
        'leader visible',
      ])
    }
    await third.close({ runBeforeUnload: false })
    await poll(async () => (await seenById(one, ids))[2]).toBeNull()
    await one.reload()
    await poll(async () => (await seenIn(one, [one])).length).toBe(2)
  })

  test('a tab that crashed is gone from the list of a tab that is shown again', async ({ world }) => {
    const { ids, one, third } = await opened(world)
    await poll(() => seenById(one, ids)).not.toContain(null)
    await crash(third)
    await one.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await poll(async () => (await seenById(one, ids))[2]).toBeNull()
  })
})
