import type { Page } from '@playwright/test'
import { heard, seenBy, signIn } from '../src/tabs.ts'
import { ADA, CLIENT_VERSIONS, expect, type TabOptions, test, type World } from '../src/world.ts'

const MINUTE_MS = 60 * 1000

const refresh = (tab: Page) =>
  tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.code ?? null)

/** The old tab comes into being by `window.open`, with a copy of the session as it was then, and sleeps for an hour. */
async function wakeOldTab(world: World, options: TabOptions) {
  const tab = await world.open({ ...options, storage: 'session' })
  await signIn(tab, ADA)
  const opened = world.context.waitForEvent('page')
  await tab.evaluate(
    (address) => void window.open(address),
    world.address({ ...options, storage: 'session' }),
  )
  const old = await opened
  await old.waitForLoadState()
  expect((await seenBy(old)).signedIn).toBe(true)
  for (const sleepMs of [40 * MINUTE_MS, 10 * MINUTE_MS]) {
    await world.passTime(sleepMs)
    expect(await refresh(tab)).toBeNull()
  }
  await world.passTime(15 * MINUTE_MS)
  return { old, tab, failure: await refresh(old) }
}

test.describe('stale tab: opened before two rotations, it refreshes after the reuse interval', () => {
  test('stock: refresh_token_already_used signs both tabs out', async ({ world }) => {
    const { old, tab, failure } = await wakeOldTab(world, { mode: 'stock' })
    expect(failure).toBe('refresh_token_already_used')
    expect((await seenBy(old)).signedIn).toBe(false)
    await world.passTime(60 * MINUTE_MS)
    expect(await refresh(tab)).toBe('refresh_token_already_used')
    expect((await seenBy(tab)).signedIn).toBe(false)
    expect(world.refreshes().map(({ outcome }) => outcome)).toEqual([
      'rotated',
      'rotated',
      'refused',
      'refused',
    ])
  })

  for (const client of CLIENT_VERSIONS) {
    test(`solotab, client ${client}: the old tab gets the current session`, async ({ world }) => {
      const { old, tab, failure } = await wakeOldTab(world, { mode: 'solotab', client })
      expect(failure).toBeNull()
      await world.passTime(60 * MINUTE_MS)
      expect(await refresh(tab)).toBeNull()
      const seen = await seenBy(old)
      expect(seen).toEqual(await seenBy(tab))
      expect(seen.signedIn).toBe(true)
      expect(await heard(old, 'SIGNED_OUT')).toBe(0)
      const steps = world.refreshes().map(({ outcome, reuse }) => `${outcome}${reuse ? ', reuse' : ''}`)
      expect(steps).toEqual(['rotated', 'rotated', 'rotated', 'rotated'])
    })
  }
})
