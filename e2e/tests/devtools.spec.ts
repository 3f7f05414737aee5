import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import {
  focusIn,
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

test.describe('by keyboard', () => {
  test('opens, moves the focus into the panel, closes by Escape and gives the focus back', async ({
    world,
  }) => {
    const tab = await openDevtoolsApp(world)
    await openerOf(tab).waitFor()
    await tab.keyboard.press('Tab')
    expect(await focusIn(tab)).toBe('A button of the app')
    await tab.keyboard.press('Tab')
    expect(await focusIn(tab)).toBe('Open Solotab devtools')
    await tab.keyboard.press('Enter')
    await panelOf(tab).waitFor()
    expect(await focusIn(tab)).toBe('Close Solotab devtools')
    await tab.keyboard.press('Escape')
    await expect(panelOf(tab)).toHaveCount(0)
    expect(await focusIn(tab)).toBe('Open Solotab devtools')
  })

  test('the focus goes through the panel from top to bottom, and reaches everything', async ({ world }) => {
    const tab = await openDevtoolsApp(world, { open: true })
    await panelOf(tab).waitFor()
    await tab.getByRole('button', { name: 'A button of the app' }).focus()
    const order: string[] = []
    for (let steps = 0; steps < 12; steps++) {
      await tab.keyboard.press('Tab')
      order.push((await focusIn(tab)).replace(/(Session|Tabs|Locks|Record|Events of this tab).+/, '$1'))
    }
    expect(order).toEqual([
      'Close Solotab devtools',
      'Refresh',
      'Expire',
      'Give up leadership',
      'Session',
      'Tabs',
      'Locks',
      'Record',
      'Events of this tab',
      'Filter events',
      'Clear',
      'Events',
    ])
    await tab.keyboard.press('Shift+Tab')
    await tab.keyboard.press('Escape')
    expect(await focusIn(tab)).toBe('Open Solotab devtools')
  })

  test('an open panel does not take the focus when the page is loaded', async ({ world }) => {
    const tab = await openDevtoolsApp(world, { open: true })
    await panelOf(tab).waitFor()
    expect(await tab.evaluate(() => document.activeElement === document.body)).toBe(true)
  })

  test('Escape in the panel is not heard by the app', async ({ world }) => {
    const tab = await openDevtoolsApp(world, { open: true })
    await tab.evaluate(() => {
      document.querySelector('#app')?.addEventListener('keydown', () => {
        document.title = 'heard'
      })
    })
    await panelOf(tab).getByRole('button', { name: 'Refresh' }).focus()
    await tab.keyboard.press('Escape')
    await openerOf(tab).waitFor()
    expect(await tab.title()).not.toBe('heard')
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('axe finds nothing, closed or open, signed in or out', async ({ world }) => {
      const { one } = await signedInPanels(world)
      const closed = await openDevtoolsApp(world)
      await openerOf(closed).waitFor()
      await press(one, 'Refresh')
      await expect(sectionOf(one, 'Events')).toContainText('grant-ended')
      for (const tab of [closed, one]) {
        const { violations, passes } = await new AxeBuilder({ page: tab }).analyze()
        expect(violations).toEqual([])
        // It has looked behind the shadow root, and at its colours.
        const measured = passes.find(({ id }) => id === 'color-contrast')?.nodes ?? []
        const ofPanel = measured.filter(({ target }) => target.flat()[0] === 'solotab-devtools')
        expect(ofPanel.length).toBeGreaterThanOrEqual(tab === one ? 20 : 1)
      }
    })

    test('its colours are those of the scheme', async ({ world }) => {
      const tab = await openDevtoolsApp(world, { open: true })
      const brightness = await panelOf(tab).evaluate((panel) => {
        const [red = '0'] = /\d+/.exec(getComputedStyle(panel).backgroundColor) ?? []
        return Number(red)
      })
      if (colorScheme === 'light') expect(brightness).toBeGreaterThan(200)
      else expect(brightness).toBeLessThan(50)
    })
  })
}

test.describe('apart from the app', () => {
  /** How every element of the panel looks, and how the app's do. */
  const looksOf = (tab: Page) =>
    tab.evaluate(() => {
      const members = [
        'display',
        'color',
        'backgroundColor',
        'fontSize',
        'fontFamily',
        'margin',
        'padding',
        'border',
      ]
      const members2 = [
        ...members,
        'position',
        'transform',
        'opacity',
        'textTransform',
        'letterSpacing',
        'direction',
      ]
      const lookOf = (element: Element) => {
        const style = getComputedStyle(element)
        return [element.tagName, ...members2.map((member) => style[member as 'color'])].join(' | ')
      }
      const panel = document.querySelector('solotab-devtools')?.shadowRoot?.querySelectorAll('*') ?? []
      return { panel: [...panel].map(lookOf), app: [...document.querySelectorAll('#app *')].map(lookOf) }
    })

  test('no style of the app gets in', async ({ world }) => {
    const tab = await openDevtoolsApp(world, { open: true })
    await expect(sectionOf(tab, 'Locks')).toContainText('leader')
    const before = await looksOf(tab)
    const box = await panelOf(tab).boundingBox()
    await tab.addStyleTag({
      content: `* { color: red !important; font: 40px serif !important; text-transform: uppercase; direction: rtl }
        div, section, button, solotab-devtools { display: none !important; transform: rotate(9deg); opacity: .1 }
        html { font-size: 40px } .panel, .badge, .body { padding: 90px !important }`,
    })
    const after = await looksOf(tab)
    expect(before.panel.length).toBeGreaterThan(40)
    expect(after.app).not.toEqual(before.app)
    expect(after.panel.filter((look, index) => look !== before.panel[index])).toEqual([])
    expect(await panelOf(tab).boundingBox()).toEqual(box)
  })

  test('no style of the panel gets out', async ({ world }) => {
    const tab = await openDevtoolsApp(world, { open: true })
    await panelOf(tab).waitFor()
    const before = (await looksOf(tab)).app
    await tab.evaluate(() => document.querySelector('solotab-devtools')?.remove())
    expect((await looksOf(tab)).app).toEqual(before)
    expect(await tab.evaluate(() => document.styleSheets.length)).toBe(1)
    expect(await tab.evaluate(() => document.adoptedStyleSheets.length)).toBe(0)
  })

  test('under a strict content security policy it has its styles', async ({ world }) => {
    await world.context.route('**/devtools.html*', async (route) => {
      const response = await route.fetch()
      const policy = "style-src 'none'; script-src 'self'; object-src 'none'"
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } })
    })
    const tab = await openDevtoolsApp(world, { open: true })
    await panelOf(tab).waitFor()
    expect(await panelOf(tab).evaluate((panel) => getComputedStyle(panel).borderRadius)).toBe('10px')
  })
})

for (const position of ['bottom-right', 'bottom-left', 'top-right', 'top-left'] as const) {
  test(`at the ${position}, on a phone too`, async ({ world }) => {
    const tab = await openDevtoolsApp(world, { position })
    for (const size of [
      { width: 1280, height: 720 },
      { width: 360, height: 640 },
    ]) {
      await tab.setViewportSize(size)
      await openerOf(tab).click()
      const box = await panelOf(tab).boundingBox()
      if (!box) throw new Error('No panel.')
      const ends = {
        left: box.x,
        top: box.y,
        right: size.width - box.x - box.width,
        bottom: size.height - box.y - box.height,
      }
      expect(Math.min(...Object.values(ends))).toBeGreaterThanOrEqual(0)
      const [vertical, horizontal] = position.split('-') as ['top' | 'bottom', 'left' | 'right']
      expect([ends[vertical], ends[horizontal]]).toEqual([12, 12])
      await tab.keyboard.press('Escape')
    }
  })
}

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
