import { describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import { leaderOf, reasonIn, sessionIn, statusIn, tokensIn, told, validityIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab
const HOUR_MS = 60 * 60 * 1000
const missing = () => 'InvalidStateError'
const none = () => null

describe('IndexedDB missing', () => {
  test('a session signed in is in all open tabs, and an event says that it is not stored', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tabs = await world.signedIn(4)
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(told(tabs[0] ?? NO_TAB, 'storage-failed').map((event) => event.code)).toEqual([
      'InvalidStateError',
    ])
  })

  test('I1: one expiry in ten tabs is one grant', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tabs = await world.signedIn(10)
    await world.advance(3 * HOUR_MS)
    expect(world.server.sent).toHaveLength(3)
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(tabs.every((tab) => validityIn(tab) > 0)).toBe(true)
  })

  test('a tab opened later gets the session from the others', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tabs = await world.signedIn(2)
    const late = world.open()
    await world.settle()
    await world.advance(500)
    expect(sessionIn(late).access_token).toBe(tokensIn(tabs)[0])
  })

  test('a tab that is alone is signed out soon, and not for ever loading', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tab = world.open()
    await world.advance(500)
    expect(reasonIn(tab)).toBe('no-session')
  })

  test('any tab can sign out, and the session stays away from tabs opened later', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tabs = await world.signedIn(3)
    await world.run((tabs[2] ?? NO_TAB).coordinator.signOut())
    await world.settle()
    expect(tabs.map(statusIn)).toEqual(['signed-out', 'signed-out', 'signed-out'])
    const late = world.open()
    await world.advance(1000)
    expect(statusIn(late)).toBe('signed-out')
  })

  test('any tab can sign somebody else in', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tabs = await world.signedIn(3)
    const session = await world.signIn(tabs[2] ?? NO_TAB)
    await world.settle()
    expect(tokensIn(tabs)).toEqual([session.access_token])
    await world.run(Promise.all(tabs.map((tab) => tab.coordinator.refresh())))
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(world.server.sent).toHaveLength(1)
  })

  test('the tab that has the refresh token makes the grants, leader or not', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tabs = world.openMany(3)
    await world.settle()
    const keeper = tabs.find((tab) => tab !== leaderOf(tabs)) ?? NO_TAB
    await world.signIn(keeper)
    await world.settle()
    await world.run(leaderOf(tabs).coordinator.refresh())
    expect(world.server.sent.map((grant) => grant.sender)).toEqual([keeper])
  })

  test('I5: the tab that has the refresh token closes: the others stay signed in and say what fails', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tabs = await world.signedIn(3)
    const [keeper = NO_TAB, ...others] = tabs
    keeper.crash()
    for (const tab of others) {
      const asked = world.run(tab.coordinator.refresh())
      await expect(asked).rejects.toMatchObject({ code: 'refresh_failed' })
      expect(statusIn(tab)).toBe('signed-in')
    }
  })
})

describe('IndexedDB failing for a while', () => {
  test('a change of the user by a tab that has only older tokens in store costs nobody the newer ones', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const [, failing = NO_TAB] = tabs
    world.disk.fault = (owner) => (owner === failing ? 'InvalidStateError' : null)
    const { access_token } = await world.run(leaderOf(tabs).coordinator.refresh())
    await world.settle()
    const updated = await world.run(failing.coordinator.updateSession({ user: 'Ann' } as object))
    await world.settle()
    expect(updated.access_token).toBe(access_token)
    expect(tokensIn(tabs)).toEqual([access_token])
  })

  test('what was held in memory is stored when the store works again, and an event says so', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tabs = await world.signedIn(2)
    world.disk.fault = none
    const [keeper = NO_TAB] = tabs
    keeper.tell('woken')
    await world.settle()
    expect(told(keeper, 'storage-restored')).toHaveLength(1)
    expect(JSON.stringify(world.disk.raw)).toContain(sessionIn(keeper).access_token)
    keeper.crash()
    for (const tab of tabs) if (!tab.gone) await world.run(tab.coordinator.refresh())
    expect(world.server.countOf('rotated')).toBe(1)
  })

  test('a rotation whose commit cannot be stored is kept, told to all tabs, and stored later', async () => {
    const world = worldOf({ server: { reuseIntervalMs: 0, parentRule: false } })
    const tabs = await world.signedIn(3)
    const leader = leaderOf(tabs)
    world.server.fault = () => {
      world.disk.fault = (_, access) => (access === 'write' ? 'QuotaExceededError' : null)
      return {}
    }
    await world.run(leader.coordinator.refresh())
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(told(leader, 'storage-failed').map((event) => event.code)).toEqual(['QuotaExceededError'])
    world.server.fault = () => ({})
    world.disk.fault = none
    await world.run(Promise.all(tabs.map((tab) => tab.coordinator.refresh())))
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(world.server.countOf('rotated')).toBe(2)
    expect(world.server.sent).toHaveLength(2)
    expect(told(leader, 'storage-restored')).toHaveLength(1)
  })

  test('quota errors: signing in works, and the session is in all open tabs', async () => {
    const world = worldOf()
    world.disk.fault = (_, access) => (access === 'write' ? 'QuotaExceededError' : null)
    const tabs = await world.signedIn(3)
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(told(tabs[0] ?? NO_TAB, 'storage-failed').map((event) => event.code)).toEqual([
      'QuotaExceededError',
    ])
    await world.advance(2 * HOUR_MS)
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(tabs.every((tab) => validityIn(tab) > 0)).toBe(true)
  })

  test('quota errors: a session that only a frozen tab holds does not count as cleared', async () => {
    const world = worldOf()
    const tabs = world.openMany(2)
    await world.settle()
    const [keeper = NO_TAB, other = NO_TAB] = tabs
    world.disk.fault = () => 'QuotaExceededError'
    await world.signIn(keeper)
    await world.settle()
    keeper.freeze()
    world.disk.fault = none
    const asked = world.run(other.coordinator.refresh())
    await expect(asked).rejects.toMatchObject({ code: 'refresh_failed' })
    expect(statusIn(other)).toBe('signed-in')
    keeper.thaw()
    await world.settle()
    await world.advance(10_000)
    await world.run(other.coordinator.refresh())
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('I2: a tab whose own store has failed does not send a token that others have rotated since', async () => {
    const world = worldOf({ server: { reuseIntervalMs: 0, parentRule: false } })
    const tabs = await world.signedIn(3)
    const leader = leaderOf(tabs)
    world.disk.fault = (owner) => (owner === leader ? 'InvalidStateError' : null)
    const [other = NO_TAB] = tabs.filter((tab) => tab !== leader)
    leader.freeze()
    await world.run(other.coordinator.refresh())
    await world.run(other.coordinator.refresh())
    leader.thaw()
    await world.settle()
    await world.run(Promise.all(tabs.map((tab) => tab.coordinator.refresh().catch(() => {}))))
    await world.advance(10_000)
    expect(world.server.countOf('reuse')).toBe(0)
    expect(tabs.map(statusIn)).toEqual(['signed-in', 'signed-in', 'signed-in'])
  })

  test('I1: the store fails in all tabs when the token expires: one grant, however slow', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(10)
    world.disk.fault = missing
    world.server.fault = () => ({ afterMs: 8000 })
    const asked = Promise.all(tabs.map((tab) => tab.coordinator.refresh().catch(() => {})))
    await world.run(asked)
    await world.advance(20_000)
    expect(world.server.sent).toHaveLength(1)
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('nothing is lost when a read succeeds while a commit fails', async () => {
    const world = worldOf({ server: { reuseIntervalMs: 0, parentRule: false } })
    const [tab = NO_TAB] = await world.signedIn(1)
    world.server.fault = () => {
      world.disk.fault = (_, access) => (access === 'write' ? 'QuotaExceededError' : null)
      return {}
    }
    const asked = tab.coordinator.refresh()
    for (let n = 0; n < 40; n++) {
      tab.tell('woken')
      await world.advance(1)
    }
    await world.run(asked)
    world.server.fault = () => ({})
    world.disk.fault = none
    await world.run(tab.coordinator.refresh())
    expect(world.server.sent.map((grant) => grant.decision)).toEqual(['rotated', 'rotated'])
  })

  test('a page that is hidden tries to store what only it holds', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const [keeper = NO_TAB] = await world.signedIn(2)
    world.disk.fault = none
    keeper.hide()
    await world.settle()
    expect(world.disk.writes).toBe(1)
  })

  test('I4: a tab whose own store has failed follows a sign-in and a sign-out of others', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const [a = NO_TAB, b = NO_TAB] = tabs
    world.disk.fault = (owner) => (owner === b ? 'InvalidStateError' : null)
    const session = await world.signIn(a)
    await world.settle()
    expect(sessionIn(b).access_token).toBe(session.access_token)
    await world.run(a.coordinator.signOut())
    await world.settle()
    expect(reasonIn(b)).toBe('signed-out-elsewhere')
  })

  test('a new tab whose own store has failed gets the session from the others', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    world.disk.fault = (owner) => (tabs.includes(owner as FakeTab) ? null : 'UnknownError')
    const late = world.open()
    await world.advance(1000)
    expect(sessionIn(late).access_token).toBe(tokensIn(tabs)[0])
    await expect(world.run(late.coordinator.refresh())).resolves.toBeDefined()
  })

  test('I6: a sign-out that could not be stored is not undone by a tab whose store works', async () => {
    const world = worldOf()
    world.disk.fault = missing
    const tabs = await world.signedIn(2)
    const [keeper = NO_TAB, other = NO_TAB] = tabs
    await world.run(other.coordinator.signOut())
    await world.settle()
    world.disk.fault = none
    keeper.tell('woken')
    await world.settle()
    const late = world.open()
    await world.settle()
    expect([...tabs, late].map(statusIn)).toEqual(['signed-out', 'signed-out', 'signed-out'])
  })

  test('I6: a sign-out stored by one tab is not undone by what another holds in memory', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const leader = leaderOf(tabs)
    const [other = NO_TAB] = tabs.filter((tab) => tab !== leader)
    world.disk.fault = (owner) => (owner === leader ? 'InvalidStateError' : null)
    world.channel.delivery = () => []
    await world.run(leader.coordinator.refresh())
    await world.run(other.coordinator.signOut())
    world.channel.delivery = () => [1]
    world.disk.fault = none
    leader.tell('woken')
    await world.settle()
    const late = world.open()
    await world.settle()
    expect([...tabs, late].map(statusIn)).toEqual(['signed-out', 'signed-out', 'signed-out'])
  })
})
