import { describe, expect, test, vi } from 'vitest'
import { GrantRefused, type RefusalReason } from './errors.ts'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import { leaderOf, reasonIn, sessionIn, statusIn, tokensIn, told } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab

describe('sign-out', () => {
  test('ends the session in all tabs, and says where it was', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(4)
    const [first, ...others] = tabs
    await world.run(Promise.resolve(first?.coordinator.signOut()))
    await world.settle()
    expect(reasonIn(first ?? NO_TAB)).toBe('signed-out')
    for (const tab of others) expect(reasonIn(tab)).toBe('signed-out-elsewhere')
    for (const tab of tabs) expect(told(tab, 'session-ended')).toHaveLength(1)
  })

  test('in two tabs at the same moment is one end, and each says that it was there', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const [one = NO_TAB, other = NO_TAB, third = NO_TAB] = tabs
    const { generation } = one.coordinator.getSnapshot()
    await world.run(Promise.all([one.coordinator.signOut(), other.coordinator.signOut()]))
    await world.settle()
    for (const tab of tabs) expect(tab.coordinator.getSnapshot().generation).toBe(generation + 1)
    expect([one, other, third].map(reasonIn)).toEqual(['signed-out', 'signed-out', 'signed-out-elsewhere'])
  })

  test('is harmless without a session, and leaves the record alone', async () => {
    const world = worldOf()
    const tab = world.open()
    await world.run(tab.coordinator.signOut())
    expect(reasonIn(tab)).toBe('no-session')
    expect(world.disk.writes).toBe(0)
  })

  test('tells the provider, and does not mind if that fails', async () => {
    const world = worldOf()
    const revoked: string[] = []
    const revoke = async (session: { access_token: string }) => {
      revoked.push(session.access_token)
      throw new TypeError('Failed to fetch')
    }
    const [tab] = await world.signedIn(1, { revoke })
    const token = tab && sessionIn(tab).access_token
    await world.run(Promise.resolve(tab?.coordinator.signOut()))
    expect(revoked).toEqual([token])
    expect(reasonIn(tab ?? NO_TAB)).toBe('signed-out')
  })

  test.each([
    [
      'throws at once',
      () => {
        throw new TypeError('No connection.')
      },
    ],
    ['returns nothing', () => undefined],
  ])('does not mind if the provider %s', async (_, answer) => {
    const world = worldOf()
    const revoke = vi.fn(answer)
    const tabs = await world.signedIn(2, { revoke: revoke as never })
    await world.run((tabs[0] ?? NO_TAB).coordinator.signOut())
    await world.settle()
    expect(revoke).toHaveBeenCalledOnce()
    expect(tabs.map(reasonIn)).toEqual(['signed-out', 'signed-out-elsewhere'])
  })

  test('I6: during a grant it wins in all tabs, whatever the server answers', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    world.server.fault = () => ({ afterMs: 500 })
    const refreshed = leaderOf(tabs).coordinator.refresh()
    refreshed.catch(() => {})
    await world.advance(100)
    expect(world.server.sent).toHaveLength(1)
    const other = tabs.find((tab) => tab !== leaderOf(tabs))
    await world.run(Promise.resolve(other?.coordinator.signOut()))
    await world.advance(5000)
    for (const tab of tabs) expect(statusIn(tab)).toBe('signed-out')
    await expect(refreshed).rejects.toMatchObject({ code: 'session_missing' })
    const late = world.open()
    await world.settle()
    expect(statusIn(late)).toBe('signed-out')
    expect(told(leaderOf(tabs), 'grant-ended').map((event) => event.outcome)).toEqual(['superseded'])
  })

  test('I6: by the tab that makes the grant, it wins too', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    world.server.fault = () => ({ afterMs: 500 })
    const leader = leaderOf(tabs)
    leader.coordinator.refresh().catch(() => {})
    await world.advance(100)
    await world.run(leader.coordinator.signOut())
    await world.advance(5000)
    for (const tab of tabs) expect(statusIn(tab)).toBe('signed-out')
  })

  test('I6: a tab that was frozen at the sign-out is signed out when it wakes', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const [sleeper, other] = tabs
    world.channel.delivery = (_, to) => (to === sleeper ? [] : [1])
    sleeper?.freeze()
    await world.run(Promise.resolve(other?.coordinator.signOut()))
    sleeper?.thaw()
    await world.settle()
    expect(reasonIn(sleeper ?? NO_TAB)).toBe('signed-out-elsewhere')
  })

  test('signOutOf ends only the session that it means', async () => {
    const world = worldOf()
    const [tab] = await world.signedIn(1)
    if (!tab) return
    const handle = sessionIn(tab).refresh_token
    await world.signIn(tab)
    await world.run(tab.coordinator.signOutOf(handle))
    expect(statusIn(tab)).toBe('signed-in')
    await world.run(tab.coordinator.signOutOf(sessionIn(tab).refresh_token))
    expect(statusIn(tab)).toBe('signed-out')
  })
})

describe('another sign-in', () => {
  test('I6: during a grant the new user wins in all tabs', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    world.server.fault = () => ({ afterMs: 500 })
    const refreshed = leaderOf(tabs).coordinator.refresh()
    await world.advance(100)
    const other = tabs.find((tab) => tab !== leaderOf(tabs)) ?? NO_TAB
    const session = await world.signIn(other)
    await world.advance(5000)
    expect(tokensIn(tabs)).toEqual([session.access_token])
    await expect(refreshed).resolves.toMatchObject({ access_token: session.access_token })
  })

  test('replaces the session in all tabs', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const session = await world.signIn(tabs[2] ?? NO_TAB)
    await world.settle()
    expect(tokensIn(tabs)).toEqual([session.access_token])
    expect(tabs.map((tab) => sessionIn(tab).refresh_token)).toEqual(Array(3).fill(session.refresh_token))
  })

  test('after a sign-out brings all tabs back', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    await world.run((tabs[1] ?? NO_TAB).coordinator.signOut())
    await world.settle()
    await world.signIn(tabs[0] ?? NO_TAB)
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('two at once in two tabs end in one session for all', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const [a = NO_TAB, b = NO_TAB] = tabs
    const both = [a, b].map((tab) => tab.coordinator.signIn(world.server.signIn()))
    await world.run(Promise.all(both))
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('ifNone takes a session only where there never was one', async () => {
    const world = worldOf()
    const tab = world.open()
    await world.run(tab.coordinator.signInAs('first', world.server.signIn(), true))
    expect(sessionIn(tab).refresh_token).toBe('first')
    await world.run(tab.coordinator.signInAs('second', world.server.signIn(), true))
    expect(sessionIn(tab).refresh_token).toBe('first')
    await world.run(tab.coordinator.signOut())
    await world.run(tab.coordinator.signInAs('third', world.server.signIn(), true))
    expect(statusIn(tab)).toBe('signed-out')
  })
})

describe("the server's final word", () => {
  test.each<RefusalReason>(['expired', 'revoked', 'user-banned'])(
    'I5: %s ends the session in all tabs, with this reason',
    async (reason) => {
      const world = worldOf()
      const tabs = await world.signedIn(4)
      world.server.fault = () => ({ error: new GrantRefused(reason, 'final') })
      const refreshed = world.run(leaderOf(tabs).coordinator.refresh())
      await expect(refreshed).rejects.toMatchObject({ code: 'session_missing' })
      await world.settle()
      for (const tab of tabs) expect(reasonIn(tab)).toBe(reason)
      expect(world.server.sent).toHaveLength(1)
    },
  )

  test("without a reason, as where a provider's table of codes lacks one, ends it for good, as revoked", async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const unknown = undefined as unknown as RefusalReason
    world.server.fault = () => ({ error: new GrantRefused(unknown, 'final') })
    const refreshed = world.run(leaderOf(tabs).coordinator.refresh())
    await expect(refreshed).rejects.toMatchObject({ code: 'session_missing' })
    const late = world.open()
    await world.advance(2 * 60 * 60 * 1000)
    expect([...tabs, late].map(reasonIn)).toEqual(Array(4).fill('revoked'))
    expect(world.server.sent).toHaveLength(1)
  })

  test('I5: about a token that is not the current one any more changes nothing', async () => {
    const world = worldOf({ server: { reuseIntervalMs: 0, parentRule: false } })
    const tabs = await world.signedIn(3)
    const leader = leaderOf(tabs)
    world.server.fault = (n) => (n === 1 ? { error: new GrantRefused('revoked', 'final'), afterMs: 100 } : {})
    leader.coordinator.refresh().catch(() => {})
    await world.advance(50)
    leader.freeze()
    const other = tabs.find((tab) => tab !== leader) ?? NO_TAB
    await world.run(other.coordinator.refresh())
    leader.thaw()
    await world.settle()
    for (const tab of tabs) expect(statusIn(tab)).toBe('signed-in')
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('a lost answer and a strict server end the session, which no client can help', async () => {
    const world = worldOf({ server: { reuseIntervalMs: 0, parentRule: false } })
    const tabs = await world.signedIn(2)
    world.server.fault = (n) => (n === 1 ? { lost: true } : {})
    leaderOf(tabs)
      .coordinator.refresh()
      .catch(() => {})
    await world.advance(120_000)
    expect(world.server.sent.map((grant) => grant.decision)).toEqual(['rotated', 'reuse'])
    for (const tab of tabs) expect(reasonIn(tab)).toBe('revoked')
  })
})
