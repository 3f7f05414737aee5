import type { Page } from '@playwright/test'
import { openDevtoolsApp, openerOf, panelOf, sectionOf } from '../src/devtools-app.ts'
import { expect, test } from '../src/world.ts'

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
        'position',
        'transform',
        'opacity',
        'textTransform',
        'letterSpacing',
        'direction',
      ]
      const lookOf = (element: Element) => {
        const style = getComputedStyle(element)
        return [element.tagName, ...members.map((member) => style[member as 'color'])].join(' | ')
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
