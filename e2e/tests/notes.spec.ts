import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { add, field, note, PATIENT, signIn, status, test } from '../src/notes-world.ts'

async function expectAccessible(tab: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: tab }).analyze()
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([])
}

test('notes are added, changed, deleted and brought back, and other tabs show it', async ({ notes }) => {
  const [here, there] = await notes.openTwo()
  await add(here, 'Buy milk')
  await expect(note(there, 'Buy milk')).toBeVisible()
  await there.getByRole('button', { name: 'Edit “Buy milk”' }).click()
  await there.getByLabel('Text of “Buy milk”').fill('Buy oat milk')
  await there.getByRole('button', { name: 'Save' }).click()
  await expect(note(here, 'Buy oat milk')).toBeVisible()
  await here.getByRole('button', { name: 'Delete “Buy oat milk”' }).click()
  await expect(there.getByText('None yet.')).toBeVisible()
  await here.getByRole('button', { name: 'Undo' }).click()
  await expect(note(there, 'Buy oat milk')).toBeVisible()
})

test('by keyboard alone', async ({ notes }) => {
  const tab = await notes.open()
  await expect(tab.getByLabel('E-mail')).toBeFocused()
  await tab.keyboard.press('Enter')
  await expect(field(tab)).toBeFocused()
  await tab.keyboard.type('Typed')
  await tab.keyboard.press('Control+Enter')
  const edit = tab.getByRole('button', { name: 'Edit “Typed”' })
  await edit.press('Enter')
  await expect(tab.getByLabel('Text of “Typed”')).toBeFocused()
  await tab.keyboard.press('Control+Enter')
  await expect(edit).toBeFocused()
  await tab.keyboard.press('Tab')
  await tab.keyboard.press('Enter')
  await expect(tab.getByRole('button', { name: 'Undo' })).toBeFocused()
})

test('while tokens expire under its hands, no request of the app is refused', async ({ notes }) => {
  notes.server.changeOptions({ accessTokenSeconds: 5 })
  const tabs = await notes.openTwo()
  const before = { rotations: notes.rotations(), ...notes.server.restLog.counts }
  for (let count = 1; notes.rotations() < before.rotations + 3; count += 1) {
    for (const tab of tabs) await add(tab, `Note ${count}`)
  }
  const { expired, invalid, anon } = notes.server.restLog.counts
  expect({ expired, invalid, anon }).toEqual({
    expired: before.expired,
    invalid: before.invalid,
    anon: before.anon,
  })
})

test('a token refused before its time costs one rotation for all tabs, and nobody notices', async ({
  notes,
}) => {
  const [here, there] = await notes.openTwo()
  await add(here, 'Buy milk')
  const before = notes.rotations()
  await here.getByRole('button', { name: 'Refuse the access token' }).click()
  const downloading = here.waitForEvent('download')
  await here.getByRole('button', { name: 'Download CSV' }).click()
  const csv = await readFile(await (await downloading).path(), 'utf8')
  expect(csv.split('\n')).toEqual(['created_at,text', expect.stringMatching(/,Buy milk$/)])
  await add(there, 'Buy bread')
  await expect(note(here, 'Buy bread')).toBeVisible()
  expect(notes.rotations()).toBe(before + 1)
})

test('while refreshing fails, all tabs say so and when the next attempt is, and go on working', async ({
  notes,
}) => {
  const [here, there] = await notes.openTwo()
  await notes.failRefreshes(here)
  for (const tab of [here, there]) {
    await expect(status(tab)).toContainText('cannot be refreshed now')
    await expect(status(tab)).toContainText(/Next attempt (now|in \d+ s)/)
  }
  await there.getByRole('button', { name: 'Try now' }).click()
  await expect(status(there)).toContainText('It still fails.')
  await add(there, 'Written meanwhile')
  await expect(note(here, 'Written meanwhile')).toBeVisible()
  notes.server.faults.clear()
  for (const tab of [here, there]) await expect(status(tab)).toContainText('You are signed in.', PATIENT)
})

test('a note that cannot be sent stays in its field', async ({ notes }) => {
  const [here] = await notes.openTwo()
  await notes.context.setOffline(true)
  await field(here).fill('Written in a tunnel')
  await here.getByRole('button', { name: 'Add note' }).click()
  await expect(here.getByText('Not saved. The server cannot be reached.')).toBeVisible()
  await expect(field(here)).toHaveValue('Written in a tunnel')
  await notes.context.setOffline(false)
  await here.getByRole('button', { name: 'Add note' }).click()
  await expect(note(here, 'Written in a tunnel')).toBeVisible()
})

test('a note that is deleted elsewhere while it is changed here is not lost', async ({ notes }) => {
  const [here, there] = await notes.openTwo()
  await add(here, 'Buy milk')
  await there.getByRole('button', { name: 'Edit “Buy milk”' }).click()
  await there.getByLabel('Text of “Buy milk”').fill('Buy oat milk')
  await here.getByRole('button', { name: 'Delete “Buy milk”' }).click()
  await there.getByRole('button', { name: 'Add it again' }).click()
  await expect(note(here, 'Buy oat milk')).toBeVisible()
})

test('a project without the table is told how to make it', async ({ notes }) => {
  // The demo's own server says of a table that it does not know what a real project says.
  await notes.context.route('**/rest/v1/notes?*', (route) =>
    route.continue({ url: route.request().url().replace('/notes?', '/no-notes?') }),
  )
  const tab = await notes.open()
  await signIn(tab)
  await expect(tab.getByText('This project has no table for the notes')).toBeVisible()
  await expect(tab.getByText('create table public.notes')).toBeVisible()
  await expectAccessible(tab)
  await notes.context.unroute('**/rest/v1/notes?*')
  await tab.getByRole('button', { name: 'Look again' }).click()
  await expect(tab.getByRole('heading', { name: 'Your notes' })).toBeVisible()
})

/** Runs in the page: `shifts` has what moved though nobody had touched anything. */
function collectShifts(): void {
  const shifts: string[] = []
  type Shift = PerformanceEntry & { sources: { node: Node | null }[] }
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries() as Shift[]) {
      for (const { node } of sources)
        shifts.push(String(node instanceof Element ? node.outerHTML : node?.nodeValue))
    }
  }).observe({ type: 'layout-shift', buffered: true })
  Object.assign(window, { shifts })
}

for (const [colorScheme, width] of [
  ['light', 1200],
  ['dark', 360],
] as const) {
  test(`${colorScheme}, ${width} pixels wide: no barrier, nothing cut off, nothing moves`, async ({
    notes,
  }) => {
    await notes.context.addInitScript(collectShifts)
    const [here, there] = await notes.openTwo()
    await there.setViewportSize({ width, height: 740 })
    await there.emulateMedia({ colorScheme })
    await add(here, 'Buy milk')
    const look = async () => {
      await expectAccessible(there)
      expect(await there.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    await there.reload()
    await expect(note(there, 'Buy milk')).toBeVisible()
    await notes.failRefreshes(here)
    await expect(status(there)).toContainText('cannot be refreshed now')
    await look()
    notes.server.faults.clear()
    await here.getByRole('button', { name: 'Try now' }).click()
    await expect(status(there)).toContainText('You are signed in.')
    await here.getByRole('button', { name: 'End the session at the server' }).click()
    await expect(status(there)).toContainText('The server has ended your session.')
    await look()
    expect(await there.evaluate<string[]>('shifts')).toEqual([])
  })
}
