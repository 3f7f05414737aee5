import { ADA } from '../../src/stage.ts'
import { heard, poll, settled, signIn, snapshotsOf, together } from '../../src/tabs.ts'
import { expect, test } from '../scene-test.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default

test.describe('5. an answer is lost after the commit', () => {
  test('still signed in, and the same rotation is answered again', async ({ scene }) => {
    const tabs = await scene.openMany(4)
    await signIn(tabs[0] ?? (await scene.open()), ADA)
    const before = await settled(tabs)
    scene.fault({ kind: 'drop-answer' })
    // The caller may be told to try again; what counts is that the tabs do.
    await tabs[1]?.evaluate(() => app.supabase.auth.refreshSession())
    await poll(() => scene.refreshes().map(({ outcome, answerLost }) => ({ outcome, answerLost }))).toEqual([
      { outcome: 'rotated', answerLost: true },
      { outcome: 'answered-again', answerLost: false },
    ])
    const after = await settled(tabs, before.generation + 1)
    expect(after).toMatchObject({ status: 'signed-in', failing: null })
    expect(after.token).not.toBe(before.token)
    for (const tab of tabs) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
  })
})

test.describe('6. offline past expiry and back', () => {
  test('still signed in, the snapshot says that refreshing fails, then it recovers', async ({ scene }) => {
    const tabs = await scene.openMany(4)
    await signIn(tabs[0] ?? (await scene.open()), ADA)
    const before = await settled(tabs)
    const comeBack = await scene.goOffline()
    await scene.passTime(TOKEN_LIFE_MS)
    await together(tabs, () => {
      // Not awaited: auth-js tries for half a minute before it gives up.
      void app.supabase.from('notes').select().then()
    })
    await poll(async () =>
      (await snapshotsOf(tabs)).map(({ status, failing }) => `${status} ${failing !== null}`),
    ).toEqual(tabs.map(() => 'signed-in true'))
    await comeBack()
    const after = await settled(tabs, before.generation + 1)
    expect(after.failing).toBeNull()
    expect((await snapshotsOf(tabs)).every(({ failing }) => failing === null)).toBe(true)
    const online = await together(tabs, async () => (await app.supabase.from('notes').select()).error)
    expect(online).toEqual(tabs.map(() => null))
    const answered = scene.refreshes().filter(({ fault }) => fault === null)
    expect(answered).toMatchObject([{ outcome: 'rotated' }])
    const { total, valid } = scene.server.state.restLog.counts
    expect({ valid }).toEqual({ valid: total })
    for (const tab of tabs) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
  })
})

test.describe('6. the server is down past expiry', () => {
  test('all tabs together make few attempts', async ({ scene }) => {
    const tabs = await scene.openMany(8)
    await signIn(tabs[0] ?? (await scene.open()), ADA)
    const before = await settled(tabs)
    scene.fault({ kind: 'status', status: 503, times: 1000 })
    await scene.passTime(TOKEN_LIFE_MS)
    await Promise.all(
      tabs.map((tab) =>
        tab.evaluate(async () => {
          void app.supabase.from('notes').select().then()
          for (const endMs = performance.now() + 4000; performance.now() < endMs; ) {
            await app.coordinator?.getAccessToken().catch(() => {})
            await new Promise((resolve) => setTimeout(resolve, 50))
          }
        }),
      ),
    )
    const attempts = scene.refreshes().length
    expect(attempts).toBeGreaterThan(0)
    // Hundreds were wanted; there is one at a time, with exponential backoff.
    expect(attempts).toBeLessThanOrEqual(12)
    const counted = async () => (await snapshotsOf(tabs)).map(({ failing }) => failing?.attempts)
    await poll(async () => (await counted()).every((count) => count === scene.refreshes().length)).toBe(true)
    scene.release()
    // The next attempt may be a minute away by now. A user who cannot wait asks for one.
    const [tab] = tabs
    await poll(() => tab?.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
    await settled(tabs, before.generation + 1)
    expect(scene.server.state.restLog.counts).toMatchObject({ expired: 0 })
  })
})
