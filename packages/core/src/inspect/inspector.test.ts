import { describe, expect, test } from 'vitest'
import type { LockEntry } from '../adapters/lock-list.ts'
import { checkedWorlds } from '../testing/checked-world.ts'
import type { FakeTab } from '../testing/fake-tab.ts'
import type { FakeWorld } from '../testing/fake-world.ts'
import { sessionIn, tokensIn, validityIn } from '../testing/looks.ts'
import { createInspectorWith } from './inspector.ts'
import { summariesOf } from './lock-summary.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab

const inspectorIn = (world: FakeWorld, tab: FakeTab, locks: LockEntry[] | null = null) => {
  const stolen: string[] = []
  const inspector = createInspectorWith(
    {
      clock: tab.ports.clock,
      random: tab.ports.random,
      store: tab.ports.store,
      lockList: locks && {
        list: async () => locks,
        steal: async (name) => {
          stolen.push(name)
        },
      },
      post: (message) => world.channel.inject(message),
    },
    world.name,
  )
  return { ...inspector, stolen }
}

describe('expire', () => {
  test('the token counts as expired in all tabs, and one grant brings all a new one', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(4)
    const [tab = NO_TAB] = tabs
    const before = tokensIn(tabs)
    const generation = tab.coordinator.getSnapshot().generation
    await world.run(inspectorIn(world, tab).expire())
    await world.settle()
    for (const each of tabs) {
      expect(each.coordinator.getSnapshot().generation).toBe(generation + 1)
      expect(validityIn(each)).toBe(0)
    }
    await world.advance(2000)
    expect(world.server.sent).toHaveLength(1)
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(tokensIn(tabs)).not.toEqual(before)
    for (const each of tabs) expect(validityIn(each)).toBeGreaterThan(0)
  })

  test('during a grant it neither ends nor doubles it', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const [tab = NO_TAB] = tabs
    world.server.fault = () => ({ afterMs: 5000 })
    const refreshed = tab.coordinator.refresh()
    await world.advance(1000)
    await world.run(inspectorIn(world, tab).expire())
    await world.run(refreshed)
    await world.advance(2000)
    expect(world.server.sent).toHaveLength(1)
    expect(tokensIn(tabs)).toHaveLength(1)
    for (const each of tabs) expect(validityIn(each)).toBeGreaterThan(0)
  })

  test('nobody signed in, or a record that cannot be used: session_missing, and nothing is changed', async () => {
    const world = worldOf()
    const tab = world.open()
    await world.settle()
    for (const raw of [undefined, { v: 2, generation: 7 }, 'garbage']) {
      world.disk.raw = raw
      const expired = inspectorIn(world, tab).expire()
      await expect(world.run(expired)).rejects.toMatchObject({ code: 'session_missing' })
      expect(world.disk.raw).toEqual(raw)
    }
  })
})

describe('the record', () => {
  test('is shown without tokens, and with the beginning of the handle only', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    const record = await world.run(inspectorIn(world, tab).readRecord())
    const { access_token, refresh_token } = sessionIn(tab)
    const shown = JSON.stringify(record)
    for (const secret of [access_token, refresh_token]) expect(shown.includes(secret)).toBe(false)
    world.watch.shown('a record without secrets', record)
    expect(record).toMatchObject({
      generation: tab.coordinator.getSnapshot().generation,
      session: { rotation: 1, lifetimeMs: expect.any(Number), grantedAtMs: expect.any(Number) },
      endReason: null,
      intent: null,
      failure: null,
    })
    expect(record?.session?.expiresAtMs).toBeGreaterThan(world.wallMs())
  })

  test('of an ended session says why it ended', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    await world.run(tab.coordinator.signOut())
    const record = await world.run(inspectorIn(world, tab).readRecord())
    expect(record).toMatchObject({ session: null, endReason: 'signed-out' })
  })

  test('is null if it cannot be read', async () => {
    const world = worldOf()
    const tab = world.open()
    await world.settle()
    world.disk.fault = () => 'UnknownError'
    expect(await world.run(inspectorIn(world, tab).readRecord())).toBeNull()
  })
})

describe('locks and leadership', () => {
  const lock = (name: string, client: string, held = true, mode: LockEntry['mode'] = 'exclusive') => ({
    name: `solotab:app:${name}`,
    client,
    held,
    mode,
  })

  test('each lock is named with its holder, before those who wait', () => {
    const entries = [
      lock('tab:one:visible:1', 'a'),
      lock('tab:two:hidden:4', 'b'),
      lock('leader', 'b'),
      lock('leader', 'a', false),
      lock('leader', 'stranger', false),
      lock('tab:two:hidden:4', 'a', false, 'shared'),
    ]
    const held = { state: 'held', mode: 'exclusive' }
    expect(summariesOf('app', entries)).toEqual([
      { name: 'leader', tab: 'two', ...held },
      { name: 'leader', tab: 'one', state: 'waiting', mode: 'exclusive' },
      { name: 'leader', tab: null, state: 'waiting', mode: 'exclusive' },
      { name: 'tab:one:visible:1', tab: 'one', ...held },
      { name: 'tab:two:hidden:4', tab: 'two', ...held },
      { name: 'tab:two:hidden:4', tab: 'one', state: 'waiting', mode: 'shared' },
    ])
  })

  test('without Web Locks there is no list, and nobody can be made to resign', async () => {
    const world = worldOf()
    const inspector = inspectorIn(world, world.open())
    expect(await inspector.readLocks()).toBeNull()
    expect(await inspector.resign()).toBe(false)
  })

  test('resign takes the lock of the leader', async () => {
    const world = worldOf()
    const inspector = inspectorIn(world, world.open(), [])
    expect(await inspector.readLocks()).toEqual([])
    expect(await inspector.resign()).toBe(true)
    expect(inspector.stolen).toEqual([`solotab:${world.name}:leader`])
  })
})
