import { heard, poll, settled, signIn, snapshotsOf, together } from '../src/tabs.ts'
import { ADA, expect, test } from '../src/world.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default

test('an answer that is lost after the commit: still signed in, and the same rotation is answered again', async ({
  world,
}) => {
  const tabs = await world.openMany(4)
  await signIn(tabs[0] ?? (await world.open()), ADA)
  const before = await settled(tabs)
  world.fault({ kind: 'drop-answer' })
  // The caller may be told to try again; what counts is that the tabs do.
  await tabs[1]?.evaluate(() => app.supabase.auth.refreshSession())
  await poll(() => world.refreshes().map(({ outcome, answerLost }) => ({ outcome, answerLost }))).toEqual([
    { outcome: 'rotated', answerLost: true },
    { outcome: 'answered-again', answerLost: false },
  ])
  const after = await settled(tabs, before.generation + 1)
  expect(after).toMatchObject({ status: 'signed-in', failing: null })
  expect(after.token).not.toBe(before.token)
  for (const tab of tabs) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
})

test('offline past expiry and back: still signed in, the snapshot says that refreshing fails, then it recovers', async ({
  world,
}) => {
  const tabs = await world.openMany(4)
  await signIn(tabs[0] ?? (await world.open()), ADA)
  const before = await settled(tabs)
  await world.context.setOffline(true)
  await world.passTime(TOKEN_LIFE_MS)
  await together(tabs, () => {
    // Not awaited: auth-js tries for half a minute before it gives up.
    void app.supabase.from('notes').select().then()
  })
  await poll(async () =>
    (await snapshotsOf(tabs)).map(({ status, failing }) => `${status} ${failing !== null}`),
  ).toEqual(tabs.map(() => 'signed-in true'))
  await world.context.setOffline(false)
  const after = await settled(tabs, before.generation + 1)
  expect(after.failing).toBeNull()
  expect((await snapshotsOf(tabs)).every(({ failing }) => failing === null)).toBe(true)
  const online = await together(tabs, async () => (await app.supabase.from('notes').select()).error)
  expect(online).toEqual(tabs.map(() => null))
  expect(world.refreshes()).toMatchObject([{ outcome: 'rotated' }])
  const { total, valid } = world.server.state.restLog.counts
  expect({ valid }).toEqual({ valid: total })
  for (const tab of tabs) expect(await heard(tab, 'SIGNED_OUT')).toBe(0)
})

test('the server is down past expiry: all tabs together make few attempts', async ({ world }) => {
  const tabs = await world.openMany(8)
  await signIn(tabs[0] ?? (await world.open()), ADA)
  const before = await settled(tabs)
  world.fault({ kind: 'status', status: 503, times: 1000 })
  await world.passTime(TOKEN_LIFE_MS)
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
  const attempts = world.refreshes().length
  expect(attempts).toBeGreaterThan(0)
  // Hundreds were wanted; there is one at a time, with exponential backoff.
  expect(attempts).toBeLessThanOrEqual(12)
  const counted = async () => (await snapshotsOf(tabs)).map(({ failing }) => failing?.attempts)
  await poll(async () => (await counted()).every((count) => count === world.refreshes().length)).toBe(true)
  world.release()
  // The next attempt may be a minute away by now. A user who cannot wait asks for one.
  const [tab] = tabs
  await poll(() => tab?.evaluate(async () => (await app.supabase.auth.refreshSession()).error)).toBeNull()
  await settled(tabs, before.generation + 1)
  expect(world.server.state.restLog.counts).toMatchObject({ expired: 0 })
})
