import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, expect as impatient } from '@playwright/test'
import { type AuthServer, startAuthServer } from '@solotab/auth-server'
import { preview } from 'vite'
import { launchArgs } from '../browser/launch-args.ts'
import { machineProbes } from '../browser/probes.ts'
import { ADA } from '../stage.ts'
import { makeApp } from './make-app.ts'

/** Patient on a busy machine, as the tests are. */
const expect = impatient.configure({ timeout: 15 * 1000 })

/** Makes the README's app in an empty directory, builds it and uses it in two tabs. Nothing of it is left. */
export async function tryFreshApp(
  tarballs: readonly string[],
  executablePath: string,
): Promise<{ passed: number; failed: number }> {
  const parent = await mkdtemp(join(tmpdir(), 'solotab-fresh-app-'))
  const server = await startAuthServer({ control: true, rateLimit: null, users: [ADA] })
  let passed = 0
  const step = (what: string) => {
    passed += 1
    console.log(`✓ ${what}`)
  }
  try {
    const root = await makeApp(parent, tarballs, server.url)
    step("made by Vite's generator, and built with the code of the README")
    await playIn(root, executablePath, server, step)
    return { passed, failed: 0 }
  } catch (error) {
    console.error(error)
    return { passed, failed: 1 }
  } finally {
    await server.close()
    await rm(parent, { recursive: true, force: true })
  }
}

async function playIn(
  root: string,
  executablePath: string,
  server: AuthServer,
  step: (what: string) => void,
): Promise<void> {
  const app = await preview({ root, configFile: false, logLevel: 'error', preview: { host: '127.0.0.1' } })
  const browser = await chromium.launch({ executablePath, args: launchArgs(machineProbes().isRoot) })
  try {
    const context = await browser.newContext()
    await playInTwoTabs(context, app.resolvedUrls?.local[0] ?? '', server, step)
  } finally {
    await browser.close()
    await app.close()
  }
}

async function playInTwoTabs(
  context: BrowserContext,
  url: string,
  server: AuthServer,
  step: (what: string) => void,
): Promise<void> {
  const complaints: string[] = []
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const [one, other] = [await context.newPage(), await context.newPage()]
  const tabs = [one, other]
  for (const tab of tabs) await tab.goto(url)
  await one.getByLabel('E-mail').fill(ADA.email)
  await one.getByLabel('Password').fill(ADA.password)
  await one.getByRole('button', { name: 'Sign in' }).click()
  for (const tab of tabs) {
    await expect(tab.getByRole('heading')).toHaveText(ADA.email)
    await expect(tab.getByRole('status')).toHaveText(/^generation 1, (leader|follower) of 2 tabs$/)
  }
  step('a sign-in in one tab is one in both')

  await other.getByRole('button', { name: 'Refresh' }).click()
  for (const tab of tabs) await expect(tab.getByRole('status')).toHaveText(/^generation 2, /)
  const grants = server.state.grantLog.entries.filter(({ grantType }) => grantType === 'refresh_token')
  expect(grants).toMatchObject([{ outcome: 'rotated' }])
  step('a refresh is one grant, and both tabs have it')

  await one.getByRole('button', { name: 'Sign out' }).click()
  await expect(one.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(other.getByRole('status')).toHaveText('You were signed out in another tab.')
  expect(complaints).toEqual([])
  step('a sign-out in one tab is told in the other')
}
