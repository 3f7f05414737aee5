import type { Page } from '@playwright/test'
import {
  openDevtoolsApp,
  openerOf,
  panelOf,
  sectionOf,
  shownIdOf,
  signedInPanels,
} from '../src/devtools-app.ts'
import { poll } from '../src/tabs.ts'
import { expect, test } from '../src/world.ts'

const press = (tab: Page, name: string) => panelOf(tab).getByRole('button', { name }).click()
const textsOf = (tab: Page, title: string, part: string) =>
  sectionOf(tab, title).locator(part).allInnerTexts()

test.describe('what it shows', () => {
  test('the tabs with role and visibility, and who holds the locks', async ({ world }) => {
    const { one, other } = await signedInPanels(world)
    const [first, second] = [await shownIdOf(one), await shownIdOf(other)]
    for (const tab of [one, other]) {
      const rows = async () => (await textsOf(tab, 'Tabs', 'li')).map((row) => row.split(/\s+/)).sort()
      const self = ['this', 'tab']
      await poll(rows).toEqual(
        [
          [first, ...(tab === one ? self : []), 'leader', 'visible'],
          [second, ...(tab === other ? self : []), 'follower', 'visible'],
        ].sort(),
      )
      const locks = async () => (await textsOf(tab, 'Locks', 'tbody tr')).map((row) => row.split(/\t/))
      await poll(async () => (await locks())[0]).toEqual(['leader', first, second])
    }
    await other.close()
    await poll(() => textsOf(one, 'Tabs', 'li')).toHaveLength(1)
    await poll(async () => (await textsOf(one, 'Locks', 'tbody tr'))[0]).toBe(`leader\t${first}\t–`)
  })

  test('a refresh in one tab: the generation and the expiry in all, the grant among the events', async ({
    world,
  }) => {
    const { one, other } = await signedInPanels(world)
    for (const tab of [one, other]) await expect(sectionOf(tab, 'Session')).toContainText('generation 1')
    await world.passTime(30 * 60 * 1000)
    for (const tab of [one, other])
      await expect(sectionOf(tab, 'Session')).toContainText(/expires in (29|30):/)
    await press(one, 'Refresh')
    await expect(panelOf(one).getByText('Refresh: done')).toBeVisible()
    for (const tab of [one, other]) {
      await expect(sectionOf(tab, 'Session')).toContainText('generation 2')
      await expect(sectionOf(tab, 'Session')).toContainText(/expires in (59|1:00):/)
      await expect(sectionOf(tab, 'Record')).toContainText('generation 2')
    }
    await expect(sectionOf(one, 'Events')).toContainText('outcome rotated')
    await expect(sectionOf(other, 'Events')).toContainText('adopted')
  })

  test('of the events what the filter lets through, and none after clearing', async ({ world }) => {
    const { one } = await signedInPanels(world)
    await press(one, 'Refresh')
    await expect(sectionOf(one, 'Events')).toContainText('grant-ended')
    const types = () => textsOf(one, 'Events', 'ol b')
    expect(new Set(await types()).size).toBeGreaterThan(2)
    const filter = panelOf(one).getByRole('searchbox', { name: 'Filter events' })
    await filter.fill('Grant  cause')
    expect(await types()).toEqual(['grant-started'])
    await filter.fill('no such event')
    expect(await types()).toEqual([])
    await filter.fill('')
    await press(one, 'Clear')
    expect(await types()).toEqual([])
  })

  test('a part that was folded up stays so, whatever happens', async ({ world }) => {
    const { one } = await signedInPanels(world)
    await sectionOf(one, 'Record').locator('summary').click()
    await press(one, 'Refresh')
    await expect(sectionOf(one, 'Session')).toContainText('generation 2')
    await expect(sectionOf(one, 'Record')).not.toHaveAttribute('open')
    await expect(sectionOf(one, 'Record').locator('dl')).toBeHidden()
  })

  test('no secret, neither in what is shown nor in the document', async ({ world }) => {
    const { one } = await signedInPanels(world)
    await press(one, 'Refresh')
    await expect(sectionOf(one, 'Record')).toContainText('handle')
    const leaks = await one.evaluate(async () => {
      const snapshot = devtoolsApp.coordinator.getSnapshot()
      if (snapshot.status !== 'signed-in') throw new Error(snapshot.status)
      const stored = await new Promise<unknown[]>((resolve) => {
        indexedDB.open('solotab').onsuccess = ({ target }) => {
          const records = (target as IDBOpenDBRequest).result.transaction('records').objectStore('records')
          const request = records.getAll()
          request.onsuccess = () => resolve(request.result)
        }
      })
      const refreshToken = /"refresh_token":"([^"]+)"/.exec(JSON.stringify(stored))?.[1]
      if (!refreshToken) throw new Error('No refresh token is stored.')
      const { access_token, refresh_token } = snapshot.session
      const shown = document.querySelector('solotab-devtools')?.shadowRoot?.innerHTML ?? ''
      return [access_token, refresh_token, refreshToken].map((secret) => shown.includes(secret))
    })
    expect(leaks).toEqual([false, false, false])
  })
})

test.describe('what its buttons do', () => {
  test('expire: the token counts as expired in all tabs, and one grant replaces it', async ({ world }) => {
    const { one, other } = await signedInPanels(world)
    world.fault({ kind: 'delay-answer', delayMs: 60 * 1000 })
    await press(other, 'Expire')
    for (const tab of [one, other]) await expect(sectionOf(tab, 'Session')).toContainText('expired 0:')
    await expect(sectionOf(other, 'Record')).toContainText(/intent\s*\d+, until/)
    world.release()
    for (const tab of [one, other]) await expect(sectionOf(tab, 'Session')).toContainText(/expires in/)
    expect(world.refreshes().map(({ outcome }) => outcome)).toEqual(['rotated'])
  })

  test('give up leadership: the other tab leads; and only a leader can', async ({ world }) => {
    const { one, other } = await signedInPanels(world)
    const giveUp = panelOf(other).getByRole('button', { name: 'Give up leadership' })
    await expect(giveUp).toHaveAttribute('aria-disabled', 'true')
    await giveUp.click({ force: true })
    await expect(panelOf(other)).toContainText('This tab does not lead.')
    await press(one, 'Give up leadership')
    await expect(sectionOf(other, 'Session')).toContainText('leader')
    await expect(sectionOf(one, 'Session')).toContainText('follower')
    await expect(giveUp).toHaveAttribute('aria-disabled', 'false')
  })

  test('a failure is told by its code', async ({ world }) => {
    const { one } = await signedInPanels(world)
    world.fault({ kind: 'status', status: 503, times: 1000 })
    await press(one, 'Refresh')
    await expect(panelOf(one)).toContainText('Refresh: refresh_failed')
    await expect(sectionOf(one, 'Session')).toContainText('refresh failing')
  })
})

test('under StrictMode there is one panel, and each event once', async ({ world }) => {
  const tab = await openDevtoolsApp(world, { open: true, strict: true })
  await expect(sectionOf(tab, 'Events')).toContainText('leadership')
  expect(await tab.evaluate(() => document.querySelectorAll('solotab-devtools').length)).toBe(1)
  expect(await textsOf(tab, 'Events', 'ol b')).toEqual(['leadership'])
})

test('when it is unmounted nothing of it is left', async ({ world }) => {
  const { one } = await signedInPanels(world)
  await one.evaluate(() => devtoolsApp.unmount())
  await expect(one.locator('solotab-devtools')).toHaveCount(0)
  const client = await one.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query()
    const marker = await navigator.locks.request('marker', async () => {
      const { held: now = [] } = await navigator.locks.query()
      return now.find(({ name }) => name === 'marker')?.clientId
    })
    return [...held, ...pending].filter(({ clientId }) => clientId === marker).map(({ name }) => name)
  })
  expect(client).toEqual([])
})

test('while it is closed it waits for nobody', async ({ world }) => {
  const one = await openDevtoolsApp(world)
  await openDevtoolsApp(world)
  const waits = () =>
    one.evaluate(async () => {
      const { pending = [] } = await navigator.locks.query()
      return pending.filter(({ name }) => name?.includes(':tab:')).length
    })
  await openerOf(one).click()
  await poll(waits).toBe(1)
  await one.keyboard.press('Escape')
  await poll(waits).toBe(0)
})
