import type { Page } from '@playwright/test'
import { freeze } from '../src/lifecycle.ts'
import { poll } from '../src/tabs.ts'
import { openTabsApp, openTabsApps, signInTabsApp } from '../src/tabs-app.ts'
import { expect, test, type World } from '../src/world.ts'

const MINUTE_MS = 60 * 1000
const AFTER_MS = 60 * MINUTE_MS
const WARN_MS = 10 * MINUTE_MS

const phaseIn = (tab: Page) => tab.evaluate(() => tabsApp.idle.getSnapshot().phase)
const phasesIn = (tabs: readonly Page[]) => Promise.all(tabs.map(phaseIn))
const all = (tabs: readonly Page[], phase: string) => tabs.map(() => phase)
const heardIn = async (tab: Page) => (await tab.evaluate(() => tabsApp.phases)).map(({ phase }) => phase)

let place = 0
/** A touch of the mouse that moves it, as a user's does. */
async function touch(tab: Page): Promise<void> {
  place = (place + 7) % 100
  await tab.mouse.move(50 + place, 50)
  await tab.mouse.move(60 + place, 60)
}

async function signedIn(world: World, count: number, options = { afterMs: AFTER_MS, warnMs: WARN_MS }) {
  const tabs = await openTabsApps(world, count, options)
  await signInTabsApp(tabs)
  const [one, other = one] = tabs
  if (!one || !other) throw new Error('No tabs.')
  // The sign-in has been noted where a later tab finds it.
  await one.evaluate(() => tabsApp.idle.stay())
  return { tabs, one, other }
}

test('left alone, all tabs are warned and go idle at the same moment', async ({ world }) => {
  const limits = { afterMs: 6000, warnMs: 4000 }
  const { tabs } = await signedIn(world, 3, limits)
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'idle'))
  const heard = await Promise.all(tabs.map((tab) => tab.evaluate(() => tabsApp.phases.slice(-2))))
  for (const each of heard) expect(each.map(({ phase }) => phase)).toEqual(['warning', 'idle'])
  const momentsMs = heard.map((each) => each[1]?.atMs ?? 0)

  expect(Math.max(...momentsMs) - Math.min(...momentsMs)).toBeLessThan(limits.warnMs / 2)
})

test('activity in one tab counts for all, a refresh for none', async ({ world }) => {
  const { tabs, one, other } = await signedIn(world, 3)
  await world.passTime(40 * MINUTE_MS)
  await touch(one)
  await world.passTime(40 * MINUTE_MS)
  await touch(other)
  await world.passTime(40 * MINUTE_MS)
  expect(await phasesIn(tabs)).toEqual(all(tabs, 'active'))
  await one.evaluate(() => tabsApp.coordinator.refresh())
  await world.passTime(25 * MINUTE_MS)
  await touch(one)
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'idle'))
})

test('a laptop that slept past the limit comes back idle; no touch changes that, and stay() does', async ({
  world,
}) => {
  const { tabs, one, other } = await signedIn(world, 2)
  await world.passTime(8 * 60 * MINUTE_MS)
  await touch(one)
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'idle'))
  await touch(other)
  await touch(one)
  for (const tab of tabs) expect(await heardIn(tab)).toEqual(['idle'])
  await other.evaluate(() => tabsApp.idle.stay())
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'active'))
})

test('nobody has to touch anything to find out about the sleep', async ({ world }) => {
  const { tabs } = await signedIn(world, 2)
  await world.passTime(8 * 60 * MINUTE_MS)
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'idle'))
})

test('the warning comes in all tabs, and any tab answers it for all', async ({ world }) => {
  const { tabs, other } = await signedIn(world, 3)
  await world.passTime(AFTER_MS - WARN_MS / 2)
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'warning'))
  await other.evaluate(() => tabsApp.idle.stay())
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'active'))
})

test('a tab that is opened or reloaded goes on from the last activity, and does not count as one', async ({
  world,
}) => {
  const { one, other } = await signedIn(world, 2)
  await other.close()
  await world.passTime(40 * MINUTE_MS)
  await one.reload()
  await poll(() => one.evaluate(() => tabsApp.coordinator.getSnapshot().status)).toBe('signed-in')
  await one.close()
  await world.passTime(30 * MINUTE_MS)
  const late = await openTabsApp(world, { afterMs: AFTER_MS, warnMs: WARN_MS })
  await poll(() => phaseIn(late)).toBe('idle')
  expect(await heardIn(late)).toEqual(['idle'])
})

test('a sign-in begins anew, in a tab that is opened later too', async ({ world }) => {
  const { tabs, one } = await signedIn(world, 2)
  await world.passTime(2 * AFTER_MS)
  await touch(one)
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'idle'))
  await one.evaluate(() => tabsApp.supabase.auth.signOut())
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'active'))
  await world.passTime(2 * AFTER_MS)
  await signInTabsApp(tabs)
  const late = await openTabsApp(world, { afterMs: AFTER_MS, warnMs: WARN_MS })
  await poll(() => late.evaluate(() => tabsApp.coordinator.getSnapshot().status)).toBe('signed-in')
  await touch(late)
  expect(await phasesIn([...tabs, late])).toEqual(all([...tabs, late], 'active'))
})

test('what nobody did is no activity: a page that moves under a pointer that lies still', async ({
  world,
}) => {
  const { tabs, one } = await signedIn(world, 1)
  await one.mouse.move(40, 40)
  await one.evaluate(() => tabsApp.idle.stay())
  await world.passTime(40 * MINUTE_MS)
  await one.mouse.move(40, 40)
  await one.evaluate(() => {
    document.body.style.height = '9000px'
    scrollTo(0, 5000)
  })
  await world.passTime(30 * MINUTE_MS)
  await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'idle'))
})

/** Playwright does not wait until the page has heard of it. */
async function turnWheel(tab: Page): Promise<void> {
  const turn = await tab.evaluateHandle(() => ({
    heard: new Promise<void>((resolve) => addEventListener('wheel', () => resolve(), { once: true })),
  }))
  await tab.mouse.wheel(0, 10)
  await turn.evaluate(({ heard }) => heard)
}

for (const [what, act] of [
  ['a key', (tab: Page) => tab.keyboard.press('a')],
  ['the wheel', turnWheel],
  ['a press of the mouse', (tab: Page) => tab.mouse.down()],
] as const) {
  test(`${what} is activity`, async ({ world }) => {
    const { tabs, one } = await signedIn(world, 1)
    await world.passTime(40 * MINUTE_MS)
    await act(one)
    await world.passTime(40 * MINUTE_MS)
    await act(one)
    await world.passTime(40 * MINUTE_MS)
    await act(one)
    expect(await phasesIn(tabs)).toEqual(['active'])
    expect(await heardIn(one)).not.toContain('idle')
  })
}

test.describe('in a browser as users have it', () => {
  test.use({ asUsersHaveIt: true })

  test('hidden tabs go idle with the visible one', async ({ world }) => {
    const { tabs, one } = await signedIn(world, 3)
    await one.bringToFront()
    await world.passTime(2 * AFTER_MS)
    await touch(one)
    await poll(() => phasesIn(tabs)).toEqual(all(tabs, 'idle'))
  })

  test('a tab that was frozen while another was used is not idle when it wakes', async ({ world }) => {
    const { tabs, one, other } = await signedIn(world, 2)
    await one.bringToFront()
    const thaw = await freeze(other)
    for (let times = 0; times < 3; times++) {
      await world.passTime(40 * MINUTE_MS)
      await touch(one)
    }
    await thaw()
    await other.bringToFront()
    await touch(other)
    expect(await phasesIn(tabs)).toEqual(['active', 'active'])
    expect(await heardIn(other)).not.toContain('idle')
  })

  test('a page that comes back from the back-forward cache goes by the others', async ({ world }) => {
    const { tabs, one, other } = await signedIn(world, 2)
    await one.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => {
        document.title = persisted ? 'came back' : 'loaded'
      })
    })
    await one.goto(world.elsewhere)
    await world.passTime(40 * MINUTE_MS)
    await other.evaluate(() => tabsApp.idle.stay())
    await world.passTime(40 * MINUTE_MS)
    await one.evaluate(() => history.back())
    await poll(() => one.title()).toBe('came back')
    await touch(one)
    await poll(() => phasesIn(tabs)).toEqual(['active', 'active'])
    expect(await heardIn(one)).not.toContain('idle')
  })
})
