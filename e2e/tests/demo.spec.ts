import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { type Demo, startDemo } from '../../apps/demo/start-demo.ts'

const TABS = 6

let demo: Demo
test.beforeAll(async () => {
  demo = await startDemo({ port: 5373 })
})
test.afterAll(() => demo.close())

const expectAccessible = async (page: Page) =>
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, help }) => `${id}: ${help}`),
  ).toEqual([])

const signInAndOpenTabs = async (page: Page, mode: string) => {
  await page.goto(`${demo.url}?mode=${mode}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out, this session' }).waitFor()
  await page.getByRole('button', { name: `Open ${TABS - 1} more tabs` }).click()
  await page.getByText(`${TABS} (${TABS} signed in)`).waitFor()
}

test('the demo shows the herd with supabase-js alone', async ({ page }) => {
  await signInAndOpenTabs(page, 'stock')
  await page.getByRole('button', { name: 'Expire now' }).click()
  // Up to one for each tab. One that is slow may find its token replaced, and then it does not refresh, by the same
  // code in both modes; `herd.spec.ts` has the exact count, of tabs that all ask at one moment.
  await expect(page.getByText(/^[2-6] grants reached the server for one expiry/)).toBeVisible()
  await expectAccessible(page)
})

test('and one grant with Solotab', async ({ page, context }) => {
  await signInAndOpenTabs(page, 'solotab')
  await page.getByRole('button', { name: 'Expire now' }).click()
  await expect(page.getByText(/^1 grant reached the server for one expiry/)).toBeVisible()
  for (const tab of context.pages())
    await expect(tab.getByRole('definition').filter({ hasText: /^signed in$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out, this session' }).click()
  for (const tab of context.pages()) await expect(tab.getByRole('button', { name: 'Sign in' })).toBeVisible()
})

test('the first page has no barrier, and leads to both', async ({ page }) => {
  await page.goto(demo.url)
  await expectAccessible(page)
  await page.getByRole('link', { name: /supabase-js with Solotab/ }).click()
  await expect(page).toHaveURL(/mode=solotab/)
  await expectAccessible(page)
})
