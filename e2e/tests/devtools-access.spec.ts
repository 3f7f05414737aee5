import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import {
  focusIn,
  openDevtoolsApp,
  openerOf,
  panelOf,
  sectionOf,
  signedInPanels,
} from '../src/devtools-app.ts'
import { expect, test } from '../src/world.ts'

const press = (tab: Page, name: string) => panelOf(tab).getByRole('button', { name }).click()

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
