import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { poll, seenByAll, settled, signIn, snapshotOf } from '../src/tabs.ts'
import { ADA, expect, test } from '../src/world.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default
const BLOCKED = 2

// As a user sets it: no site may store data on this device.
test.use({
  context: async ({ launchOptions }, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'solotab-e2e-'))
    const preferences = { profile: { default_content_setting_values: { cookies: BLOCKED } } }
    await mkdir(join(profile, 'Default'))
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
    const context = await chromium.launchPersistentContext(profile, launchOptions)
    await use(context)
    await context.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  },
})

/** The names of the errors with which the browser refuses locks, databases and localStorage. */
const refusals = (page: Page) =>
  page.evaluate(() => {
    const nameOf = async (use: () => unknown) => {
      try {
        await use()
        return null
      } catch (error) {
        return (error as Error).name
      }
    }
    const open = () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('probe')
        request.onsuccess = resolve
        request.onerror = () => reject(request.error)
      })
    return Promise.all(
      [() => navigator.locks.request('probe', () => {}), open, () => localStorage].map(nameOf),
    )
  })

test("where the browser blocks this site's data, the tabs share a session in memory", async ({ world }) => {
  const errors: Error[] = []
  world.context.on('weberror', (error) => errors.push(error.error()))
  const tabs = await world.openMany(2)
  const [one, other] = tabs
  if (!one || !other) throw new Error('Too few tabs.')
  expect(await refusals(one)).toEqual(['SecurityError', expect.stringMatching(/Error$/), 'SecurityError'])

  await signIn(one, ADA)
  const { generation } = await settled(tabs)
  expect((await seenByAll(tabs)).map(({ email }) => email)).toEqual([ADA.email, ADA.email])
  expect(await other.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
  await settled(tabs, generation + 1)
  await world.passTime(TOKEN_LIFE_MS)
  expect((await seenByAll(tabs)).map(({ signedIn }) => signedIn)).toEqual([true, true])
  await settled(tabs, generation + 2)
  expect(world.refreshes().map(({ outcome, reuse }) => ({ outcome, reuse }))).toEqual([
    { outcome: 'rotated', reuse: false },
    { outcome: 'rotated', reuse: false },
  ])

  expect(await other.evaluate(async () => (await app.supabase.auth.signOut()).error)).toBeNull()
  for (const tab of tabs) await poll(async () => (await snapshotOf(tab)).status).toBe('signed-out')
  expect(errors).toEqual([])
})
