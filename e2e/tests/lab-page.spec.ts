import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type Demo, startDemo } from '../../apps/demo/start-demo.ts'
import { expect, LabPage, test } from '../src/lab.ts'

const FIRST_LOAD_BYTES = 200 * 1000

// Playwright would take pictures of all frames at every step.
test.use({ trace: 'off' })

let demo: Demo
test.beforeAll(async () => {
  demo = await startDemo({ port: 5473 })
})
test.afterAll(() => demo.close())

const barriersOf = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target }) => target.join(' ')),
  }))

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme })

    test('there is no barrier', async ({ lab }) => {
      await lab.open(demo)
      await lab.ready()
      await lab.page.getByText('What is real here').click()
      expect(await barriersOf(lab.page)).toEqual([])
    })

    test('there is none after a run that has broken something', async ({ lab }) => {
      await lab.open(demo, '?scenario=stale-tab')
      await lab.ended()
      await lab.side('stock').locator('[data-kind="refused"]').first().focus()
      expect(await barriersOf(lab.page)).toEqual([])
    })
  })
}

test('by keyboard: a scenario is run, and the marks of the timeline tell what they are', async ({ lab }) => {
  const { page } = lab
  await lab.open(demo)
  await lab.ready()
  await page.getByRole('button', { name: /^Stale tab/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\?scenario=stale-tab$/)
  await lab.ended()
  const details = lab.side('stock').locator('.timeline-details')
  // The last pane's link is the last stop before the timeline.
  await lab.side('stock').getByRole('link').last().focus()
  await page.keyboard.press('Tab')
  await expect(details).toBeVisible()
  await page.keyboard.press('End')
  await expect(details).toHaveText(/^(Tab 1|Tab 2|All tabs), after \d+\.\d\d s: /)
  await page.keyboard.press('Home')
  await expect(details).toHaveText(/after 0\.0\d s/)
  const seen = new Set<string | null>()
  for (let step = 0; step < 20; step += 1) {
    seen.add(await details.textContent())
    await page.keyboard.press('ArrowRight')
  }
  expect([...seen].filter((text) => text?.includes('refused: refresh_token_already_used'))).toHaveLength(2)
  await page.keyboard.press('Tab')
  await expect(details).toBeHidden()
})

test('a mark that is pointed at tells what it is', async ({ lab }) => {
  await lab.open(demo, '?scenario=leader-closed')
  await lab.ended()
  const solotab = lab.side('solotab')
  await solotab.locator('[data-kind="answered-again"]').hover()
  await expect(solotab.locator('.timeline-details')).toHaveText(/used token answered again$/)
})

test('a run can be stopped by a reset, and another one begun', async ({ lab }) => {
  await lab.open(demo, '?scenario=offline-over-expiry')
  await lab.says('stock', /There is no network/)
  await lab.page.getByRole('button', { name: 'Reset' }).click()
  await lab.ready()
  expect(await lab.counts('stock')).toEqual([0, 0, 0, 0])
  await lab.page.getByRole('button', { name: /^Account banned/ }).click()
  await lab.ended()
  expect(await lab.verdict('solotab')).toMatch(/^Holds 1 grant/)
})

test('while it runs the button says so, does nothing, and keeps the focus', async ({ lab }) => {
  const { page } = lab
  const frames = () =>
    lab
      .side('stock')
      .locator('iframe')
      .evaluateAll((all) => all.map((frame) => (frame as HTMLIFrameElement).src))
  await lab.open(demo, '?scenario=offline-over-expiry')
  await lab.says('stock', /There is no network/)
  const before = await frames()
  const running = page.getByRole('button', { name: 'Running: offline over expiry' })
  await expect(running).toBeDisabled()
  await running.focus()
  await page.keyboard.press('Enter')
  await lab.ended()
  expect(await frames()).toEqual(before) // no tab was opened anew
  await expect(page.getByRole('button', { name: 'Run: offline over expiry' })).toBeFocused()
})

test('it says where the app of a scenario keeps its session, and how many tabs it takes', async ({ lab }) => {
  const { page } = lab
  const unusual = lab.side('stock').getByText('in an app that keeps its session in sessionStorage')
  const tabs = page.getByLabel('Tabs per side')
  await lab.open(demo)
  await lab.ready()
  await expect(tabs).toHaveAccessibleDescription(
    '“Thirty tabs wake” runs with 30 tabs per side, whatever is set.',
  )
  await expect(unusual).toBeHidden()
  await page.getByRole('button', { name: /^Stale tab/ }).click()
  await expect(unusual).toBeVisible()
  await expect(
    page.getByText(/^In the world: In an app that keeps its session in sessionStorage/),
  ).toBeVisible()
  await expect(tabs).toHaveAccessibleDescription('“Stale tab” runs with 2 tabs per side, whatever is set.')
  await page.getByRole('button', { name: 'Reset' }).click()
  await lab.ready()
  await expect(unusual).toBeHidden()
})

test('a scenario that there is none of is said to be none, until one is run', async ({ lab }) => {
  const { page } = lab
  await lab.open(demo, '?scenario=nonsense')
  await lab.ready()
  const none = page.getByText('There is no scenario “nonsense”')
  await expect(none).toBeVisible()
  await page.getByRole('button', { name: /^Account banned/ }).click()
  await expect(none).toBeHidden()
  await lab.ended()
})

test('the settings reach both servers, and the panes are as many as are set', async ({ lab }) => {
  await lab.open(demo)
  await lab.ready()
  await lab.page.getByLabel('Tabs per side').selectOption('2')
  await lab.page.getByLabel('Refresh tokens').selectOption({ label: 'v2: counters' })
  await lab.page.getByLabel('Reuse interval').selectOption({ label: '1 min' })
  await lab.page.getByLabel('Access token lives').selectOption({ label: '5 min' })
  await lab.page.getByLabel('Latency').selectOption({ label: '20 ms' })
  await lab.ready()
  for (const side of ['stock', 'solotab'] as const) {
    await expect(lab.side(side).locator('iframe')).toHaveCount(2)
    expect(demo.servers?.[side].options).toMatchObject({
      algorithm: 'v2',
      reuseIntervalSeconds: 60,
      accessTokenSeconds: 5 * 60,
      latencyMs: 20,
    })
  }
})

test('a second lab waits until the first is closed', async ({ lab, context }) => {
  await lab.open(demo)
  await lab.ready()
  const second = await context.newPage()
  await second.goto(demo.url)
  await expect(second.getByText('open in another tab')).toBeVisible()
  await lab.page.close()
  await new LabPage(second).ready()
})

test('a real tab joins the session, and has a lane of its own', async ({ lab, context }) => {
  await lab.open(demo)
  await lab.ready()
  const opened = context.waitForEvent('page')
  await lab.side('solotab').getByRole('link', { name: 'Open Tab 3' }).click()
  const tab = await opened
  await expect(tab.getByRole('heading', { name: 'Tab 3 (real)' })).toBeVisible()
  await tab.getByRole('button', { name: 'Load data' }).click()
  await expect(tab.getByRole('status')).toHaveText('Loaded.')
  await expect(lab.side('solotab').locator('.timeline-text', { hasText: '3↗' })).toBeVisible()
  expect(await barriersOf(tab)).toEqual([])
})

test('it fits a phone, and nothing moves while it loads', async ({ lab }) => {
  const { page } = lab
  await page.setViewportSize({ width: 390, height: 844 })
  await page.addInitScript(() => {
    const shifts: string[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { sources } = entry as unknown as { sources: readonly { node: Element | null }[] }
        shifts.push(...sources.map(({ node }) => node?.className ?? 'gone'))
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await lab.open(demo, '?scenario=stale-tab')
  await lab.ended()
  const { overflow, shifts } = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - innerWidth,
    shifts: (window as unknown as { shifts: string[] }).shifts,
  }))
  expect(overflow).toBe(0)
  expect(shifts).toEqual([])
  await expect(page.getByRole('button', { name: /^Run: / })).toBeInViewport()
  for (const side of ['stock', 'solotab'] as const) {
    await expect(lab.side(side).getByRole('status')).toBeInViewport()
  }
})

test('on a phone, who chooses a scenario from the list below sees it run', async ({ lab }) => {
  const { page } = lab
  await page.setViewportSize({ width: 390, height: 844 })
  await lab.open(demo)
  await lab.ready()
  await page.getByRole('link', { name: 'All scenarios' }).click()
  const scenario = page.getByRole('button', { name: /^Rate limit/ })
  await expect(scenario).toBeInViewport()
  await expect(lab.side('stock').getByRole('status')).not.toBeInViewport()
  await scenario.click()
  await expect(page.getByRole('button', { name: 'Running: rate limit' })).toBeInViewport()
  for (const side of ['stock', 'solotab'] as const) {
    await expect(lab.side(side).getByRole('status')).toBeInViewport({ ratio: 1 })
  }
  await lab.ended()
  await expect(page.getByRole('button', { name: 'Run: rate limit' })).toBeInViewport()
})

test.describe('less motion', () => {
  for (const [reducedMotion, isLess] of [
    ['reduce', true],
    ['no-preference', false],
  ] as const) {
    test(`the timeline ${isLess ? 'does not glide' : 'glides'} with ${reducedMotion}`, async ({ lab }) => {
      const { page } = lab
      await page.emulateMedia({ reducedMotion })
      await page.addInitScript(() => {
        if (window.parent !== window) return
        const real = window.requestAnimationFrame.bind(window)
        const counter = { frames: 0 }
        Object.assign(window, { counter })
        window.requestAnimationFrame = (callback) => {
          counter.frames += 1
          return real(callback)
        }
      })
      await lab.open(demo, '?scenario=stale-tab')
      await lab.ended()
      const frames = await page.evaluate(
        () => (window as unknown as { counter: { frames: number } }).counter.frames,
      )
      if (isLess) expect(frames).toBe(0)
      else expect(frames).toBeGreaterThan(20)
    })
  }
})

test('the first load, lab and pane together, is under 200 kB gzipped', async ({ lab }) => {
  const loaded = new Map<string, Promise<number>>()
  lab.page.on('response', (response) => {
    const { origin, pathname } = new URL(response.url())
    const isFile = /^\/$|\.(html|js|css)$/.test(pathname)
    if (origin !== new URL(demo.url).origin || !isFile || loaded.has(pathname)) return
    loaded.set(
      pathname,
      response.body().then((body) => gzipSync(body).length),
    )
  })
  await lab.open(demo)
  await lab.ready()
  const sizes = await Promise.all(loaded.values())
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  test
    .info()
    .annotations.push({ type: 'figure', description: `first load: ${bytes} B in ${sizes.length} files` })
  expect(sizes.length).toBeGreaterThan(5)
  expect(bytes).toBeLessThan(FIRST_LOAD_BYTES)
})
