import { describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import { leaderOf, sessionIn, statusIn, tokensIn, told } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab

describe('a tab of another build', () => {
  test('I11: a record of a newer version is left alone, and the tab keeps what it has', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const newer = { v: 2, generation: 9, somethingElse: true }
    world.disk.raw = newer
    const before = tokensIn(tabs)
    for (const tab of tabs) tab.tell('woken')
    await world.settle()
    expect(tokensIn(tabs)).toEqual(before)
    const asked = world.run(leaderOf(tabs).coordinator.refresh())
    await expect(asked).rejects.toMatchObject({ code: 'refresh_failed', cause: { code: 'newer_build' } })
    const [tab = NO_TAB] = tabs
    await expect(world.signIn(tab)).rejects.toMatchObject({ code: 'newer_build' })
    await expect(world.run(tab.coordinator.signOut())).rejects.toMatchObject({ code: 'newer_build' })
    expect(world.disk.raw).toBe(newer)
    expect(world.server.sent).toHaveLength(0)
  })

  test('I11: a new tab that finds a record of a newer version is signed out and leaves it alone', async () => {
    const world = worldOf()
    const newer = { v: 2, generation: 9 }
    world.disk.raw = newer
    const tab = world.open()
    await world.advance(1000)
    expect(statusIn(tab)).toBe('signed-out')
    expect(world.disk.raw).toBe(newer)
    expect(told(tab, 'storage-failed').map((event) => event.code)).toEqual(['newer_build'])
  })

  test('I11: a message of a newer version is dropped, with an event', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    const before = tab.coordinator.getSnapshot()
    world.channel.inject({ v: 2, from: 'x', type: 'session', generation: 99, session: null })
    await world.settle()
    expect(tab.coordinator.getSnapshot()).toBe(before)
    expect(told(tab, 'message-dropped').map((event) => event.reason)).toEqual(['other-build'])
  })

  test.each([null, 7, 'x', [], {}, { v: 1 }, { v: 1, from: 'x', type: 'session', generation: 5 }])(
    'I11: a garbled message (%o) is dropped, with an event',
    async (message) => {
      const world = worldOf()
      const [tab = NO_TAB] = await world.signedIn(1)
      const before = tab.coordinator.getSnapshot()
      world.channel.inject(message)
      await world.settle()
      expect(tab.coordinator.getSnapshot()).toBe(before)
      expect(told(tab, 'message-dropped').map((event) => event.reason)).toEqual(['garbled'])
    },
  )

  test.each([5, 'x', [], {}, { v: 1, generation: 'x' }, { v: 1, generation: 1, session: { tokens: {} } }])(
    'I11: a garbled record (%o) is not obeyed, and the session of the open tabs is put back',
    async (raw) => {
      const world = worldOf()
      const tabs = await world.signedIn(2)
      world.disk.raw = raw
      for (const tab of tabs) tab.tell('woken')
      await world.settle()
      expect(tabs.map(statusIn)).toEqual(['signed-in', 'signed-in'])
      await world.run(leaderOf(tabs).coordinator.refresh())
      await world.settle()
      expect(tokensIn(tabs)).toHaveLength(1)
      const late = world.open()
      await world.settle()
      expect(sessionIn(late).access_token).toBe(tokensIn(tabs)[0])
    },
  )

  const common = { v: 1, from: 'x', type: 'session', endReason: 'signed-out', failure: null, durable: true }

  test('I11: a forged rotation that goes beyond the record is checked, and undone', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const before = tabs.map(sessionIn)
    const [tab = NO_TAB] = tabs
    const held = tab.coordinator.current()
    const session = held && { ...held, rotation: 2, tokens: { ...held.tokens, access_token: 'forged' } }
    world.channel.inject({ ...common, generation: 2, session })
    await world.settle()
    expect(tabs.map(sessionIn)).not.toEqual(before)
    await world.advance(1000)
    expect(tabs.map(sessionIn)).toEqual(before)
  })

  test('I5: a forged sign-out is seen by no subscriber, even for a moment', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    let changes = 0
    for (const { coordinator } of tabs) coordinator.subscribe(() => changes++)
    world.channel.inject({ ...common, generation: 2, session: null })
    await world.advance(1000)
    expect(changes).toBe(0)
  })

  test('I10: no check of the record is left when a tab closes', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const [tab = NO_TAB, other = NO_TAB] = tabs
    await world.run(tab.coordinator.refresh())
    await world.settle()
    expect(sessionIn(other)).toEqual(sessionIn(tab))
    await world.run(other.coordinator.close())
    expect(other.leftovers().timers).toBe(0)
  })

  test('a forged sign-out that reaches a tab without a session does not keep a sign-in from it', async () => {
    const world = worldOf()
    const tabs = world.openMany(2)
    await world.settle()
    const [deaf = NO_TAB, tab = NO_TAB] = tabs
    const forged = { endReason: 'signed-out', failure: null, durable: true, generation: 1, session: null }
    world.channel.delivery = (_, to) => (to === deaf ? [] : [1])
    world.channel.inject({ v: 1, from: 'x', type: 'session', ...forged })
    await world.settle()
    world.channel.delivery = () => [1]
    await world.signIn(deaf)
    await world.settle()
    expect(statusIn(tab)).toBe('signed-in')
  })
})
