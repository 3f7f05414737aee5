import { ANON_KEY, type AuthServer, startAuthServer } from '@solotab/auth-server'
import { type Demo, startDemo } from '../../apps/demo/start-demo.ts'
import { expect, test } from '../src/lab.ts'
import { ADA } from '../src/world.ts'

// Playwright would take pictures of all frames at every step.
test.use({ trace: 'off' })

/** Stands for a real project: it cannot be told anything. */
let project: AuthServer
let demo: Demo
test.beforeAll(async () => {
  project = await startAuthServer({ users: [ADA] })
  process.env.VITE_SUPABASE_URL = project.url
  process.env.VITE_SUPABASE_KEY = ANON_KEY
  demo = await startDemo({ port: 5673 })
})
test.afterAll(async () => {
  delete process.env.VITE_SUPABASE_URL
  delete process.env.VITE_SUPABASE_KEY
  await demo.close()
  await project.close()
})

test('with a real project the lab runs what it can, and says why it cannot do the rest', async ({ lab }) => {
  const { page } = lab
  await lab.open(demo)
  await page.getByLabel('E-mail').fill(ADA.email)
  await page.getByLabel('Password').fill(ADA.password)
  await page.getByRole('button', { name: 'Sign in on both sides' }).click()
  await lab.ready()
  await expect(page.getByRole('button', { name: /^Account banned/ })).toBeDisabled()
  await expect(
    page.getByRole('button', { name: /Bans of a real project are not for a demo to give/ }),
  ).toBeVisible()
  await expect(page.getByLabel('Reuse interval')).toBeDisabled()
  await page.getByRole('button', { name: /^Thirty tabs wake/ }).click()
  await lab.ended()
  expect(await lab.verdict('solotab')).toBe(
    'Holds 1 grant reached the server; all 6 tabs are still signed in.',
  )
  const [stock = 0] = await lab.counts('stock')
  const [solotab = 0] = await lab.counts('solotab')
  expect(stock).toBeGreaterThan(1)
  const atServer = project.state.grantLog.entries.filter(({ grantType }) => grantType === 'refresh_token')
  expect(atServer).toHaveLength(stock + solotab)
})

test('nobody is signed in before somebody has, and a wrong password is said', async ({ lab }) => {
  const { page } = lab
  await lab.open(demo)
  for (const side of ['stock', 'solotab'] as const) {
    await lab.says(side, /^Nobody is signed in yet\.$/)
    await expect(lab.side(side).locator('.timeline-now')).toBeHidden()
  }
  // Two tabs are enough to hear of it.
  await page.getByLabel('Tabs per side').selectOption('2')
  await page.getByLabel('E-mail').fill(ADA.email)
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Sign in on both sides' }).click()
  await expect(page.getByText('Invalid login credentials')).toBeVisible()
  for (const side of ['stock', 'solotab'] as const) await lab.says(side, /^Nobody is signed in yet\.$/)
})
