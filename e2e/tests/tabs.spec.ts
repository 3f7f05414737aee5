import type { Page } from '@playwright/test'
import { crash, freeze } from '../src/lifecycle.ts'
import { poll } from '../src/tabs.ts'
import { idOf, openTabsApp, openTabsApps, seenById, seenIn } from '../src/tabs-app.ts'
import { expect, test, type World } from '../src/world.ts'

async function opened(world: World, count = 3) {
  const tabs = await openTabsApps(world, count)
  const ids = await Promise.all(tabs.map(idOf))
  const [one, other, third] = tabs
  if (!one || !other || !third) throw new Error('No tabs.')
  return { tabs, ids, one, other, third }
}

test('tabs that are opened, closed and crash are in the list of all tabs, and then not', async ({
  world,
}) => {
  const { tabs, ids, one, other, third } = await opened(world)
  const all = ['leader visible', 'follower visible', 'follower visible']
  for (const tab of tabs) await poll(() => seenIn(tab, tabs)).toEqual(all)
  await crash(other)
  for (const tab of [one, third]) await poll(() => seenById(tab, ids)).toEqual([all[0], null, all[2]])
  await third.close()
  await poll(() => seenById(one, ids)).toEqual([all[0], null, null])
  const fourth = await openTabsApp(world)
  await poll(() => seenIn(one, [one, fourth])).toEqual([all[0], all[1]])
})

for (const [how, lose] of [
  ['closed', (tab: Page) => tab.close()],
  ['crashes', crash],
] as const) {
  test(`when the leader ${how}, all lists have the next one`, async ({ world }) => {
    const { tabs, ids, one, other, third } = await opened(world)
    await poll(() => seenIn(third, tabs)).toContain('leader visible')
    await lose(one)
    for (const tab of [other, third]) {
      await poll(() => seenById(tab, ids)).toEqual([null, 'leader visible', 'follower visible'])
    }
  })
}

test('when the leader resigns, all lists have the next one, and it is the last in the queue', async ({
  world,
}) => {
  const { tabs, one, other, third } = await opened(world)
  await poll(() => seenIn(third, tabs)).toContain('leader visible')
  for (const by of [one, third]) await by.evaluate(() => tabsApp.inspector.resign())
  for (const tab of tabs) {
    await poll(() => seenIn(tab, tabs)).toEqual(['follower visible', 'follower visible', 'leader visible'])
  }
  await third.evaluate(() => tabsApp.inspector.resign())
  for (const tab of tabs) await poll(() => seenIn(tab, tabs)).toContain('leader visible')
  expect(await seenIn(other, tabs)).toEqual(['leader visible', 'follower visible', 'follower visible'])
})

test('nothing is sent while nothing changes, and the list is the same array', async ({ world }) => {
  const tabs = await openTabsApps(world, 3, { count: true })
  const [one] = tabs
  if (!one) throw new Error('No tabs.')
  await poll(() => seenIn(one, tabs)).toContain('leader visible')
  await one.evaluate(async () => {
    const before = tabsApp.list.getSnapshot()
    tabsApp.messages = 0
    await new Promise((resolve) => setTimeout(resolve, 3000))
    if (before !== tabsApp.list.getSnapshot()) throw new Error('Another list.')
  })
  expect(await one.evaluate(() => tabsApp.messages)).toBe(0)
})

test('a list that nobody watches is looked at when somebody does', async ({ world }) => {
  const quiet = await openTabsApp(world, { unwatched: true })
  const other = await openTabsApp(world)
  await poll(() => seenIn(other, [quiet, other])).toEqual(['leader visible', 'follower visible'])
  expect(await seenIn(quiet, [quiet, other])).toEqual(['leader visible', null])
  await quiet.evaluate(() => void tabsApp.list.subscribe(() => {}))
  await poll(() => seenIn(quiet, [quiet, other])).toEqual(['leader visible', 'follower visible'])
})

test('close leaves no lock behind', async ({ world }) => {
  const page = await openTabsApp(world)
  const held = () =>
    page.evaluate(async () => {
      const { held = [], pending = [] } = await navigator.locks.query()
      return [...held, ...pending].map(({ name = '' }) => name.replace(/^solotab:[^:]+:/, '').split(':')[0])
    })
  await poll(held).toEqual(['leader', 'tab'])
  await page.evaluate(() => {
    tabsApp.list.close()
    tabsApp.list.close()
  })
  await poll(held).toEqual(['leader'])
})

test.describe('in a browser as users have it', () => {
  test.use({ asUsersHaveIt: true })

  test('a tab that is hidden or shown changes in all lists, those of hidden tabs too', async ({ world }) => {
    const { tabs, one } = await opened(world)
    const last = ['leader hidden', 'follower hidden', 'follower visible']
    for (const tab of tabs) await poll(() => seenIn(tab, tabs)).toEqual(last)
    await one.bringToFront()
    const first = ['leader visible', 'follower hidden', 'follower hidden']
    for (const tab of tabs) await poll(() => seenIn(tab, tabs)).toEqual(first)
  })

  test('while tabs are switched no tab is ever missing from a list', async ({ world }) => {
    const { tabs, one } = await opened(world)
    for (const tab of tabs) await poll(() => seenIn(tab, tabs)).toContain('leader hidden')
    await one.evaluate(() => tabsApp.lists.splice(0))
    for (let times = 0; times < 5; times++) for (const tab of tabs) await tab.bringToFront()
    await one.bringToFront()
    await poll(() => seenIn(one, tabs)).toEqual(['leader visible', 'follower hidden', 'follower hidden'])
    const lists = await one.evaluate(() => tabsApp.lists)
    expect(lists.length).toBeGreaterThan(0)
    expect(lists.filter((list) => list.split(', ').length !== 3)).toEqual([])
  })

  test('a frozen tab stays in the list, also as the leader', async ({ world }) => {
    const { ids, one, other, third } = await opened(world)
    await poll(() => seenById(third, ids)).toEqual(['leader hidden', 'follower hidden', 'follower visible'])
    const thaw = await freeze(one)
    await other.bringToFront()
    await third.close()
    await poll(() => seenById(other, ids)).toEqual(['leader hidden', 'follower visible', null])
    await thaw()
    await poll(() => seenById(one, ids)).toEqual(['leader hidden', 'follower visible', null])
  })

  test('a page in the back-forward cache is in no list, is not thrown out of it, and comes back', async ({
    world,
  }) => {
    const { tabs, ids, one, other, third } = await opened(world)
    await poll(() => seenIn(third, tabs)).toEqual(['leader hidden', 'follower hidden', 'follower visible'])
    await one.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => {
        document.title = persisted ? 'came back' : 'loaded'
      })
    })
    await one.goto(world.elsewhere)
    await poll(() => seenById(third, ids)).toEqual([null, 'leader hidden', 'follower visible'])
    // News, and looks at the list of locks, while it is there.
    await other.bringToFront()
    await third.bringToFront()
    await poll(() => seenById(third, ids)).toEqual([null, 'leader hidden', 'follower visible'])
    await one.evaluate(() => history.back())
    await poll(() => one.title()).toBe('came back')
    for (const tab of tabs) {
      await poll(() => seenIn(tab, tabs)).toEqual(['follower hidden', 'leader hidden', 'follower visible'])
    }
  })
})
