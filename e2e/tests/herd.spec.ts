import { seenByAll, signIn, together } from '../src/tabs.ts'
import { ADA, CLIENT_VERSIONS, expect, type TabOptions, test, type World } from '../src/world.ts'

const TABS = 30
const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default

/** A laptop wakes up after the token's life, and each tab sends a query. */
async function wakeUp(world: World, options: TabOptions) {
  const first = await world.open(options)
  await signIn(first, ADA)
  const tabs = [first, ...(await world.openMany(TABS - 1, options))]
  const before = await seenByAll(tabs)
  expect(new Set(before.map(({ token }) => token)).size).toBe(1)
  await world.passTime(TOKEN_LIFE_MS)
  // Answers take a while, as on a real network.
  world.fault({ kind: 'delay-answer', delayMs: 300, times: 100 })
  const failures = await together(tabs, async () => {
    const { error } = await app.supabase.from('notes').select()
    return error?.code ?? null
  })
  return { tabs, before: before[0]?.token, failures: failures.filter((failure) => failure !== null) }
}

test.describe('herd: 30 tabs wake up with an expired token', () => {
  test('stock: every tab sends a grant', async ({ world }) => {
    await wakeUp(world, { mode: 'stock' })
    expect(world.refreshes()).toHaveLength(TABS)
  })

  for (const client of CLIENT_VERSIONS) {
    test(`solotab, client ${client}: one grant, and every tab has its token`, async ({ world }) => {
      const { tabs, before, failures } = await wakeUp(world, { mode: 'solotab', client })
      expect(failures).toEqual([])
      expect(world.refreshes()).toMatchObject([{ outcome: 'rotated', reuse: false }])
      const after = new Set((await seenByAll(tabs)).map(({ token }) => token))
      expect([after.size, after.has(null), after.has(before ?? null)]).toEqual([1, false, false])
      expect(world.server.state.restLog.counts).toMatchObject({ total: TABS, valid: TABS })
    })
  }
})

test.describe('rate limit: 30 tabs wake up where the server lets 10 grants through at once', () => {
  test.use({ serverOptions: { rateLimit: { perSecond: 0.5, burst: 10 } } })

  const limited = (world: World) =>
    world.refreshes().filter(({ outcome }) => outcome === 'rate-limited').length

  test('stock: 429s', async ({ world }, { annotations }) => {
    const { tabs } = await wakeUp(world, { mode: 'stock' })
    const signedOut = (await seenByAll(tabs)).filter(({ signedIn }) => !signedIn).length
    annotations.push({
      type: 'figure',
      description: `stock: ${limited(world)} x 429, ${signedOut} tabs signed out`,
    })
    expect(world.refreshes()).toHaveLength(TABS)
    expect(limited(world)).toBeGreaterThanOrEqual(15)
  })

  for (const client of CLIENT_VERSIONS) {
    test(`solotab, client ${client}: none`, async ({ world }) => {
      const { tabs, failures } = await wakeUp(world, { mode: 'solotab', client })
      expect(failures).toEqual([])
      expect(world.refreshes()).toHaveLength(1)
      expect(limited(world)).toBe(0)
      expect((await seenByAll(tabs)).every(({ signedIn }) => signedIn)).toBe(true)
    })
  }
})
