import { ADA, type TabOptions } from '../../src/stage.ts'
import { poll, seenByAll, signIn, together } from '../../src/tabs.ts'
import { CLIENTS } from '../clients.ts'
import type { Scene } from '../scene.ts'
import { expect, test } from '../scene-test.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, the server's default
const HELD_MS = 60 * 1000 // longer than any scenario: ended by release()
const BURST = 10

declare global {
  /** How many refresh token grants this page has sent. */
  var grantsSent: number
}

/** Runs in every page before its scripts. */
function countGrants(): void {
  globalThis.grantsSent = 0
  const { fetch } = globalThis
  globalThis.fetch = (input, init) => {
    if (String(input).includes('grant_type=refresh_token')) globalThis.grantsSent += 1
    return fetch(input, init)
  }
}

/** A laptop wakes up after the token's life, and each tab sends a query. No answer comes until `isUp` holds in every tab. */
async function wakeUp(scene: Scene, options: TabOptions, isUp: () => boolean) {
  scene.prelude.add(countGrants)
  const first = await scene.open(options)
  await signIn(first, ADA)
  const tabs = [first, ...(await scene.openMany(scene.herd - 1, options))]
  const before = await seenByAll(tabs)
  expect(new Set(before.map(({ token }) => token)).size).toBe(1)
  scene.fault({ kind: 'delay-answer', delayMs: HELD_MS, times: 100 })
  scene.prelude.shiftMs += TOKEN_LIFE_MS
  const queried = together(tabs, async () => {
    globalThis.clockShiftMs = 60 * 60 * 1000
    const { error } = await app.supabase.from('notes').select()
    return error?.code ?? null
  })
  await poll(async () => (await Promise.all(tabs.map((tab) => tab.evaluate(isUp)))).every(Boolean)).toBe(true)
  await poll(() => scene.refreshes().length).toBeGreaterThan(0)
  scene.release()
  const failures = (await queried).filter((failure) => failure !== null)
  return { tabs, before: before[0]?.token, failures }
}

const isAwake = () => Boolean(globalThis.clockShiftMs)
const hasSentGrant = () => globalThis.grantsSent > 0

test.describe('1. herd: all tabs wake up with an expired token', () => {
  test('stock: every tab sends a grant', async ({ scene }) => {
    await wakeUp(scene, { mode: 'stock' }, hasSentGrant)
    expect(scene.refreshes()).toHaveLength(scene.herd)
  })

  for (const [client, details] of CLIENTS) {
    test(`solotab, client ${client}: one grant, and every tab has its token`, details, async ({ scene }) => {
      const { tabs, before, failures } = await wakeUp(scene, { client }, isAwake)
      expect(failures).toEqual([])
      expect(scene.refreshes()).toMatchObject([{ outcome: 'rotated', reuse: false }])
      const after = new Set((await seenByAll(tabs)).map(({ token }) => token))
      expect([after.size, after.has(null), after.has(before ?? null)]).toEqual([1, false, false])
      expect(scene.server.state.restLog.counts).toMatchObject({ total: tabs.length, valid: tabs.length })
    })
  }
})

test.describe(`3. rate limit: all tabs wake up where the server lets ${BURST} grants through at once`, () => {
  test.use({ serverOptions: { rateLimit: { perSecond: 0.05, burst: BURST } } })

  const limited = (scene: Scene) =>
    scene.refreshes().filter(({ outcome }) => outcome === 'rate-limited').length

  test('stock: 429s', async ({ scene }, { annotations }) => {
    const { tabs } = await wakeUp(scene, { mode: 'stock' }, hasSentGrant)
    const signedOut = (await seenByAll(tabs)).filter(({ signedIn }) => !signedIn).length
    const description = `stock: ${limited(scene)} x 429, ${signedOut} tabs signed out`
    annotations.push({ type: 'figure', description })
    expect(scene.refreshes()).toHaveLength(tabs.length)
    expect(limited(scene)).toBeGreaterThan(0)
  })

  for (const [client, details] of CLIENTS) {
    test(`solotab, client ${client}: none`, details, async ({ scene }) => {
      const { tabs, failures } = await wakeUp(scene, { client }, isAwake)
      expect(failures).toEqual([])
      expect(scene.refreshes()).toHaveLength(1)
      expect(limited(scene)).toBe(0)
      expect((await seenByAll(tabs)).every(({ signedIn }) => signedIn)).toBe(true)
    })
  }
})
