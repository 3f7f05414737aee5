import { describe, expect, test } from 'vitest'
import { type SessionRecord, signInto } from './record.ts'
import type { HeldSession } from './session.ts'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import type { FakeWorld } from './testing/fake-world.ts'
import { failingIn, reasonIn, sessionIn, statusIn, tokensIn } from './testing/looks.ts'

// What SECURITY.md says that a script of the origin can do by a message, and no more than that.

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab
const HOUR_MS = 60 * 60 * 1000

const recordIn = (world: FakeWorld) => world.disk.raw as SessionRecord

/** A world with two tabs that are signed in, and all that a script needs to forge a message there. */
const twoTabs = async () => {
  const world = worldOf()
  const tabs = await world.signedIn(2)
  const [tab = NO_TAB] = tabs
  const known = tab.coordinator.current() as HeldSession
  const { generation } = tab.coordinator.getSnapshot()
  const forge = (changes: object) => {
    const common = { session: known, endReason: 'no-session', failure: null, durable: true }
    world.channel.inject({ v: 1, from: 'x', type: 'session', ...common, ...changes })
  }
  /** A session of that generation, with a wrong access token. */
  const wrong = (rotation: number, members: object = {}) => ({
    generation: rotation,
    session: { ...known, rotation, tokens: { ...known.tokens, access_token: 'forged', ...members } },
  })
  return { world, tabs, tab, generation, real: known.tokens.access_token, forge, wrong }
}

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (error: { code: string }) => error.code,
  )

describe('a forged next rotation', () => {
  test('I11: is shown for 200 ms, and then the record counts', async () => {
    const { world, tabs, generation, real, forge, wrong } = await twoTabs()
    forge(wrong(generation + 1))
    await world.advance(195)
    expect(tokensIn(tabs)).toEqual(['forged'])
    await world.advance(20)
    expect(tokensIn(tabs)).toEqual([real])
  })

  test('I11: is shown for longer while others follow, and for 200 ms after the last', async () => {
    const { world, tabs, generation, real, forge, wrong } = await twoTabs()
    for (let n = 1; n <= 20; n++) {
      forge(wrong(generation + n))
      await world.advance(150)
      expect(tokensIn(tabs)).toEqual(['forged'])
    }
    await world.advance(100)
    expect(tokensIn(tabs)).toEqual([real])
  })

  test('of another sign-in is not shown, even for a moment', async () => {
    const { world, tabs, generation, real, forge, wrong } = await twoTabs()
    const { session } = wrong(generation + 1)
    forge({ generation: generation + 1, session: { ...session, handle: 'other' } })
    await world.advance(10)
    expect(tokensIn(tabs)).toEqual([real])
  })
})

describe('a forged message of what is in memory only', () => {
  test('is shown unchecked, whatever it holds, also by tabs opened later, until the record changes', async () => {
    const { world, tabs, tab, generation, real, forge, wrong } = await twoTabs()
    const before = recordIn(world)
    forge({ ...wrong(generation + 1, { user: 'x'.repeat(200_000) }), durable: false })
    await world.advance(60_000)
    for (const each of tabs) each.tell('woken')
    const late = world.open()
    await world.advance(1000)
    expect(tokensIn([...tabs, late])).toEqual(['forged'])
    expect(sessionIn(late)).toMatchObject({ user: expect.any(String) })
    expect(recordIn(world)).toBe(before)
    await world.run(tab.coordinator.refresh())
    await world.settle()
    expect(tokensIn([...tabs, late])).toEqual([recordIn(world).session?.tokens.access_token])
    expect(tokensIn([...tabs, late])).not.toEqual([real])
  })

  test('that only some tabs heard leaves them at odds no longer than until the record changes', async () => {
    const { world, tabs, tab, generation, forge, wrong } = await twoTabs()
    world.channel.delivery = (_, to) => (to === tab ? [1] : [])
    forge({ ...wrong(generation + 1), durable: false })
    await world.settle()
    world.channel.delivery = () => [1]
    expect(tokensIn(tabs)).toHaveLength(2)
    await world.advance(2 * HOUR_MS)
    expect(tokensIn(tabs)).toEqual([recordIn(world).session?.tokens.access_token])
  })

  test('is gone with the last tab', async () => {
    const { world, tabs, generation, real, forge, wrong } = await twoTabs()
    forge({ ...wrong(generation + 1), durable: false })
    await world.settle()
    for (const tab of tabs) tab.crash()
    const late = world.open()
    await world.advance(1000)
    expect(tokensIn([late])).toEqual([real])
  })

  test('ends the session if it says so, in the record too', async () => {
    const { world, tabs, generation, forge } = await twoTabs()
    const end = { session: null, endReason: 'signed-out' }
    forge({ ...end, generation: generation + 1, durable: false })
    await world.settle()
    expect(tabs.map(reasonIn)).toEqual(['signed-out-elsewhere', 'signed-out-elsewhere'])
    expect(recordIn(world)).toMatchObject(end)
    for (const tab of tabs) tab.crash()
    const late = world.open()
    await world.advance(1000)
    expect(statusIn(late)).toBe('signed-out')
  })

  test('with the last of all generations costs the sign-in after it too, at the next load', async () => {
    const { world, tabs, tab, forge } = await twoTabs()
    world.watch.suspend(['I3'])
    forge({ generation: Number.MAX_SAFE_INTEGER, session: null, durable: false })
    await world.settle()
    await world.signIn(tab)
    for (const each of tabs) each.crash()
    const late = world.open()
    await world.advance(1000)
    expect(statusIn(late)).toBe('signed-out')
    await world.signIn(late)
    late.crash()
    const later = world.open()
    await world.advance(1000)
    expect(statusIn(later)).toBe('signed-in')
  })

  test('is what every message is to a tab whose store fails, which then drops what only it holds', async () => {
    const { world, tab, generation, forge, wrong } = await twoTabs()
    world.disk.fault = () => 'InvalidStateError'
    await codeOf(world.run(tab.coordinator.refresh()))
    expect(tab.coordinator.getSnapshot().generation).toBe(generation + 1)
    forge(wrong(generation + 2))
    await world.advance(1000)
    expect(tokensIn([tab])).toEqual(['forged'])
    const asked = world.run(tab.coordinator.refresh())
    await expect(asked).rejects.toMatchObject({ cause: { code: 'refresh_token_unavailable' } })
    world.disk.fault = () => null
    tab.tell('woken')
    await world.advance(1000)
    expect(recordIn(world).generation).toBe(generation)
  })
})

describe('forged news that is no session', () => {
  test('of a failed grant keeps all tabs from refreshing, until the session changes', async () => {
    const { world, tabs, tab, generation, real, forge } = await twoTabs()
    const nowMs = world.wallMs()
    const never = { nextAttemptMs: nowMs + 1000 * HOUR_MS, notBeforeMs: nowMs + 1000 * HOUR_MS }
    const failure = { sinceMs: nowMs, attempts: 1, lastAttemptMs: nowMs, code: 'forged', ...never }
    forge({ generation, failure })
    await world.advance(3 * HOUR_MS)
    for (const each of tabs) each.tell('woken')
    await world.settle()
    expect(await codeOf(world.run(tab.coordinator.refresh()))).toBe('refresh_failed')
    expect(tabs.map(failingIn)).toEqual(['forged', 'forged'])
    expect(tokensIn(tabs)).toEqual([real])
    expect(world.server.sent).toHaveLength(0)
    await world.run(tab.coordinator.updateSession({}))
    await world.settle()
    expect(await codeOf(world.run(tab.coordinator.refresh()))).toBe('done')
  })

  test('of a wish for newer tokens makes the leader send one grant for each, and nothing else', async () => {
    const { world, tabs } = await twoTabs()
    for (const sent of [1, 2, 3]) {
      world.channel.inject({ v: 1, from: 'x', type: 'grant-wanted', rotation: 1_000_000 })
      await world.advance(1000)
      expect(world.server.sent).toHaveLength(sent)
    }
    expect(world.server.countOf('rotated')).toBe(3)
    expect(tokensIn(tabs)).toHaveLength(1)
  })
})

describe('a false record', () => {
  test('that says that the session has ended ends it', async () => {
    const { world, tabs, generation } = await twoTabs()
    world.disk.raw = {
      ...recordIn(world),
      generation: generation + 1,
      session: null,
      endReason: 'signed-out',
    }
    for (const tab of tabs) tab.tell('woken')
    await world.settle()
    expect(tabs.map(statusIn)).toEqual(['signed-out', 'signed-out'])
  })

  test("with another's session signs that one in", async () => {
    const { world, tabs } = await twoTabs()
    const others = world.server.signIn()
    world.disk.raw = signInto(recordIn(world), others, 'other', world.wallMs(), HOUR_MS)
    for (const tab of tabs) tab.tell('woken')
    await world.settle()
    expect(tokensIn(tabs)).toEqual([others.access_token])
  })
})
