import { ADA, type TabOptions } from '../../src/stage.ts'
import { heard, seenBy, signIn } from '../../src/tabs.ts'
import { CLIENTS } from '../clients.ts'
import type { EngineTab } from '../engine.ts'
import type { Scene } from '../scene.ts'
import { expect, test } from '../scene-test.ts'

const MINUTE_MS = 60 * 1000

const refresh = (tab: EngineTab) =>
  tab.evaluate(async () => (await app.supabase.auth.refreshSession()).error?.code ?? null)

/** The old tab comes into being by `window.open`, with a copy of the session as it was then, and sleeps for an hour. */
async function wakeOldTab(scene: Scene, options: TabOptions) {
  const tab = await scene.open({ ...options, storage: 'session' })
  await signIn(tab, ADA)
  const old = await scene.browser.openFrom(tab, scene.address({ ...options, storage: 'session' }))
  expect((await seenBy(old)).signedIn).toBe(true)
  for (const sleepMs of [40 * MINUTE_MS, 10 * MINUTE_MS]) {
    await scene.passTime(sleepMs)
    expect(await refresh(tab)).toBeNull()
  }
  await scene.passTime(15 * MINUTE_MS)
  return { old, tab, failure: await refresh(old) }
}

test.describe('2. stale tab: opened before two rotations, it refreshes after the reuse interval', () => {
  test('stock: refresh_token_already_used signs both tabs out', async ({ scene }) => {
    const { old, tab, failure } = await wakeOldTab(scene, { mode: 'stock' })
    expect(failure).toBe('refresh_token_already_used')
    expect((await seenBy(old)).signedIn).toBe(false)
    await scene.passTime(60 * MINUTE_MS)
    expect(await refresh(tab)).toBe('refresh_token_already_used')
    expect((await seenBy(tab)).signedIn).toBe(false)
    expect(scene.refreshes().map(({ outcome }) => outcome)).toEqual([
      'rotated',
      'rotated',
      'refused',
      'refused',
    ])
  })

  for (const [client, details] of CLIENTS) {
    test(`solotab, client ${client}: the old tab gets the current session`, details, async ({ scene }) => {
      const { old, tab, failure } = await wakeOldTab(scene, { client })
      expect(failure).toBeNull()
      await scene.passTime(60 * MINUTE_MS)
      expect(await refresh(tab)).toBeNull()
      const seen = await seenBy(old)
      expect(seen).toEqual(await seenBy(tab))
      expect(seen.signedIn).toBe(true)
      expect(await heard(old, 'SIGNED_OUT')).toBe(0)
      const steps = scene.refreshes().map(({ outcome, reuse }) => `${outcome}${reuse ? ', reuse' : ''}`)
      expect(steps).toEqual(['rotated', 'rotated', 'rotated', 'rotated'])
    })
  }
})
