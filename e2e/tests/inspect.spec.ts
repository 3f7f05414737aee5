import { poll } from '../src/tabs.ts'
import { idOf, openTabsApps, signInTabsApp } from '../src/tabs-app.ts'
import { expect, test } from '../src/world.ts'

test('a token made to expire is replaced in all tabs, by one grant', async ({ world }) => {
  const tabs = await openTabsApps(world, 3)
  await signInTabsApp(tabs)
  const tokens = () =>
    Promise.all(tabs.map((tab) => tab.evaluate(() => tabsApp.coordinator.getAccessToken())))
  const [before] = await tokens()
  await tabs[1]?.evaluate(() => tabsApp.inspector.expire())
  await poll(() => world.refreshes().length).toBe(1)
  const generations = () =>
    Promise.all(tabs.map((tab) => tab.evaluate(() => tabsApp.coordinator.getSnapshot().generation)))
  await poll(async () => new Set(await generations()).size).toBe(1)
  const after = await tokens()
  expect(new Set(after).size).toBe(1)
  expect(after[0] === before).toBe(false)
  expect(world.refreshes().map(({ outcome }) => outcome)).toEqual(['rotated'])
})

test('what it shows has no secret in it, and names who holds each lock', async ({ world }) => {
  const tabs = await openTabsApps(world, 2)
  await signInTabsApp(tabs)
  const [one, other] = tabs
  if (!one || !other) throw new Error('No tabs.')
  const leaks = await one.evaluate(async () => {
    const shown = JSON.stringify([await tabsApp.inspector.readRecord(), await tabsApp.inspector.readLocks()])
    const snapshot = tabsApp.coordinator.getSnapshot()
    if (snapshot.status !== 'signed-in') throw new Error(snapshot.status)
    const { access_token, refresh_token, user } = snapshot.session
    const stored = await new Promise<IDBValidKey[]>((resolve) => {
      indexedDB.open('solotab').onsuccess = ({ target }) => {
        const { result } = target as IDBOpenDBRequest
        const request = result.transaction('records').objectStore('records').getAll()
        request.onsuccess = () => resolve(request.result)
      }
    })
    const secrets =
      JSON.stringify(stored)
        .match(/"refresh_token":"([^"]+)"/)
        ?.slice(1) ?? []
    if (secrets.length === 0) throw new Error('No refresh token is stored.')
    return [access_token, refresh_token, user.email ?? '', ...secrets].map((secret) => shown.includes(secret))
  })
  expect(leaks).toEqual([false, false, false, false])
  const locks = await one.evaluate(() => tabsApp.inspector.readLocks())
  const [first, second] = [await idOf(one), await idOf(other)]
  expect(locks?.filter(({ name }) => name === 'leader')).toEqual([
    { name: 'leader', tab: first, state: 'held', mode: 'exclusive' },
    { name: 'leader', tab: second, state: 'waiting', mode: 'exclusive' },
  ])
})
