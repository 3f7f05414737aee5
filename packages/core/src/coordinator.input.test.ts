import { describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import type { FakeWorld } from './testing/fake-world.ts'
import { leaderOf, NOTHING, sessionIn, tokensIn, validityIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab
const HOUR_MS = 60 * 60 * 1000

/** A tab that is opened now, and has the session by the record. */
const settledTab = async (world: FakeWorld): Promise<FakeTab> => {
  const late = world.open()
  await world.settle()
  return late
}

describe('bad input', () => {
  const options = { refresh: async () => ({}) as never }

  test.each([
    ['name_invalid', { name: '' }],
    ['name_invalid', { name: '   ' }],
    ['name_invalid', { name: undefined }],
    ['name_invalid', { name: 7 }],
    ['option_invalid', { refresh: undefined }],
    ['option_invalid', { revoke: 'x' }],
    ['option_invalid', { refreshToken: 'hidden' }],
    ['option_invalid', { requestTimeoutMs: 99 }],
    ['option_invalid', { requestTimeoutMs: Number.NaN }],
    ['option_invalid', { requestTimeoutMs: Number.POSITIVE_INFINITY }],
    ['option_invalid', { requestTimeoutMs: 600_001 }],
  ])('%s: the constructor is given %o', (code, bad) => {
    const world = worldOf()
    expect(() => world.open({ ...options, started: false, ...bad } as never)).toThrow(
      expect.objectContaining({ code, name: 'SessionError' }),
    )
  })

  test('name_in_use: one page starts two coordinators of one name', async () => {
    const world = worldOf()
    const tab = world.open()
    const twin = tab.twin()
    expect(() => twin.start()).toThrow(expect.objectContaining({ code: 'name_in_use' }))
    await world.run(tab.coordinator.close())
    twin.start()
    await world.settle()
    expect(twin.getSnapshot().status).toBe('signed-out')
    await world.run(twin.close())
  })

  const calls: [string, (tab: FakeTab) => Promise<unknown>][] = [
    ['getAccessToken', (tab) => tab.coordinator.getAccessToken()],
    ['refresh', (tab) => tab.coordinator.refresh()],
    ['signIn', (tab) => tab.coordinator.signIn({ access_token: 'a', refresh_token: 'b', expires_in: 9 })],
    ['signOut', (tab) => tab.coordinator.signOut()],
    ['updateSession', (tab) => tab.coordinator.updateSession({})],
  ]

  test.each(calls)('not_started, closed: %s before start() and after close()', async (_, call) => {
    const world = worldOf()
    const tab = world.open({ started: false })
    await expect(world.run(call(tab))).rejects.toMatchObject({ code: 'not_started' })
    tab.coordinator.start()
    await world.run(tab.coordinator.close())
    await expect(world.run(call(tab))).rejects.toMatchObject({ code: 'closed' })
  })

  test.each(calls)('closed: close() comes while %s waits for the stored session', async (_, call) => {
    const world = worldOf()
    const tab = world.open()
    const called = call(tab)
    const outcome = called.then(
      () => 'done',
      (error) => error.code,
    )
    await world.run(tab.coordinator.close())
    await world.settle()
    expect(await world.run(outcome)).toBeOneOf(['closed', 'done', 'session_missing'])
    expect(tab.leftovers()).toEqual(NOTHING)
  })

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY, '5', null])(
    'option_invalid: minValidityMs is %o',
    async (minValidityMs) => {
      const world = worldOf()
      const [tab = NO_TAB] = await world.signedIn(1)
      const asked = world.run(tab.coordinator.getAccessToken({ minValidityMs } as never))
      await expect(asked).rejects.toMatchObject({ code: 'option_invalid' })
      expect(world.server.sent).toHaveLength(0)
    },
  )

  test.each([
    ['session_invalid', undefined],
    ['session_invalid', null],
    ['session_invalid', 'text'],
    ['session_invalid', { refresh_token: 'b', expires_in: 9 }],
    ['session_invalid', { access_token: 'a', expires_in: 9 }],
    ['session_invalid', { access_token: '', refresh_token: 'b', expires_in: 9 }],
    ['session_invalid', { access_token: 'a', refresh_token: 5, expires_in: 9 }],
    ['expiry_invalid', { access_token: 'a', refresh_token: 'b' }],
    ['expiry_invalid', { access_token: 'a', refresh_token: 'b', expires_in: Number.NaN }],
    ['expiry_invalid', { access_token: 'a', refresh_token: 'b', expires_in: Number.POSITIVE_INFINITY }],
    ['expiry_invalid', { access_token: 'a', refresh_token: 'b', expires_at: '2030-01-01' }],
  ])('%s: signIn is given %o', async (code, session) => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    const before = tab.coordinator.getSnapshot()
    await expect(world.run(tab.coordinator.signIn(session as never))).rejects.toMatchObject({ code })
    expect(tab.coordinator.getSnapshot()).toBe(before)
  })

  test('session_missing: updateSession without a session', async () => {
    const world = worldOf()
    const tab = world.open()
    const updated = world.run(tab.coordinator.updateSession({}))
    await expect(updated).rejects.toMatchObject({ code: 'session_missing' })
  })

  test('I7: updateSession changes no token, whatever its caller passes', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    const before = sessionIn(tab)
    await world.run(
      tab.coordinator.updateSession({ access_token: 'old', refresh_token: 'old', a: 1 } as never),
    )
    expect(sessionIn(tab)).toEqual({ ...before, a: 1 })
    await world.run(tab.coordinator.refresh())
    expect(world.server.countOf('rotated')).toBe(1)
  })
})

describe('a session that holds more than data', () => {
  const userOf = (tab: FakeTab) => (sessionIn(tab) as { user?: unknown }).user

  test.each<[string, object, object]>([
    ['a function', { id: 'ada', greet: () => 'hello' }, { id: 'ada' }],
    [
      'a Proxy, as of a framework',
      new Proxy({ id: 'ada', meta: new Proxy({ a: 1 }, {}) }, {}),
      { id: 'ada', meta: { a: 1 } },
    ],
  ])('I4: of %s, the data of it reaches all tabs and the record', async (_, user, data) => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const [tab = NO_TAB] = tabs
    await world.run(tab.coordinator.updateSession({ user } as never))
    await world.settle()
    expect(tabs.map(userOf)).toEqual([data, data])
    await world.run(tab.coordinator.signIn({ ...world.server.signIn(), user } as never))
    await world.settle()
    expect([...tabs, await settledTab(world)].map(userOf)).toEqual([data, data, data])
    expect(tokensIn(tabs)).toHaveLength(1)
    await world.run(tab.coordinator.refresh())
    expect(world.server.sent).toHaveLength(1)
  })

  test('I4: an answer to a grant with a function in it is stored, and reaches all tabs', async () => {
    const world = worldOf()
    const { refresh } = world.server
    world.server.refresh = async (...request) => ({ ...(await refresh(...request)), claims() {} })
    const tabs = await world.signedIn(3)
    await world.run(leaderOf(tabs).coordinator.refresh())
    await world.settle()
    expect(tokensIn([...tabs, await settledTab(world)])).toHaveLength(1)
    await world.advance(2 * HOUR_MS)
    expect(tabs.every((tab) => validityIn(tab) > 0)).toBe(true)
    expect(world.server.sent.map(({ decision }) => decision)).toEqual(Array(3).fill('rotated'))
  })

  test('what the caller changes after the call changes nothing', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const [tab = NO_TAB] = tabs
    const given = { ...world.server.signIn(), user: { id: 'ada' } }
    const { access_token } = given
    const signedIn = tab.coordinator.signIn(given)
    Object.assign(given, { access_token: 7, refresh_token: '', user: null })
    await world.run(signedIn)
    const changes = { user: { id: 'ada', name: 'Ada' } }
    const updated = tab.coordinator.updateSession(changes as never)
    Object.assign(changes.user, { id: 'eve' })
    await world.run(updated)
    await world.settle()
    for (const each of [...tabs, await settledTab(world)]) {
      expect(sessionIn(each)).toMatchObject({ access_token, user: { id: 'ada', name: 'Ada' } })
    }
    await world.run(tab.coordinator.refresh())
    expect(world.server.countOf('rotated')).toBe(1)
  })
})
