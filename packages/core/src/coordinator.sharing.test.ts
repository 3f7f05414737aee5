import { describe, expect, test } from 'vitest'
import { checkedWorlds } from './testing/checked-world.ts'
import { leaderOf, sessionIn, statusIn, tokensIn, told, validityIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const HOUR_MS = 60 * 60 * 1000

describe('one refresh for all tabs', () => {
  test('I1: one expiry in thirty tabs is one grant, and all have the same access token', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(30)
    const before = tokensIn(tabs)
    await world.advance(HOUR_MS)
    expect(world.server.sent).toHaveLength(1)
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(tokensIn(tabs)).not.toEqual(before)
  })

  test('I1: thirty tabs that all want a token at the same moment make one grant', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(30, { visible: false })
    leaderOf(tabs).freeze()
    await world.advance(HOUR_MS)
    leaderOf(tabs).thaw()
    const tokens = await world.run(Promise.all(tabs.map((tab) => tab.coordinator.getAccessToken())))
    expect(new Set(tokens).size).toBe(1)
    expect(world.server.sent).toHaveLength(1)
  })

  test('I1: twenty callers of refresh() in six tabs share one grant', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(6)
    const calls = Array.from({ length: 20 }, (_, n) => tabs[n % 6]?.coordinator.refresh())
    const sessions = await world.run(Promise.all(calls))
    expect(new Set(sessions.map((session) => session?.access_token)).size).toBe(1)
    expect(world.server.sent).toHaveLength(1)
  })

  test('two calls of refresh(), one after the other, are two grants', async () => {
    const world = worldOf()
    const [, tab] = await world.signedIn(2)
    const first = await world.run(Promise.resolve(tab?.coordinator.refresh()))
    const second = await world.run(Promise.resolve(tab?.coordinator.refresh()))
    expect(first?.access_token).not.toBe(second?.access_token)
    expect(world.server.sent).toHaveLength(2)
  })

  test('a follower that needs a token asks the leader, who makes the grant', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const follower = tabs.find((tab) => tab !== leaderOf(tabs))
    await world.run(Promise.resolve(follower?.coordinator.refresh()))
    expect(world.server.sent.map((grant) => grant.sender)).toEqual([leaderOf(tabs)])
    expect(told(leaderOf(tabs), 'grant-started').map((event) => event.cause)).toEqual(['asked'])
  })

  test('I4: a tab opened later has the session from the record, without a grant', async () => {
    const world = worldOf()
    const [first] = await world.signedIn(1)
    if (first) await world.run(first.coordinator.refresh())
    const late = world.open()
    await world.settle()
    expect(sessionIn(late)).toEqual(first && sessionIn(first))
    expect(world.server.sent).toHaveLength(1)
  })

  test('I4: a tab that missed every message has the newest session once it is shown', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const [, deaf] = tabs
    world.channel.delivery = (_, to) => (to === deaf ? [] : [1])
    await world.run(leaderOf(tabs).coordinator.refresh())
    deaf?.hide()
    deaf?.show()
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test('I4: duplicated and reordered messages leave all tabs with the newest session', async () => {
    const world = worldOf({ seed: 7 })
    const tabs = await world.signedIn(5)
    world.channel.delivery = () => [world.random() * 50, world.random() * 50]
    for (let n = 0; n < 10; n++) await world.run(leaderOf(tabs).coordinator.refresh())
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
    expect(world.server.sent).toHaveLength(10)
  })

  test('short-lived tokens cost about one grant per life, however many queries there are', async () => {
    const world = worldOf({ server: { lifetimeSeconds: 8 } })
    const tabs = await world.signedIn(6)
    for (let n = 0; n < 400; n++) {
      await world.run(Promise.all(tabs.map((tab) => tab.coordinator.getAccessToken())))
      await world.advance(200)
    }
    const lives = world.server.sent.length
    expect(lives).toBeGreaterThanOrEqual(10)
    expect(lives).toBeLessThanOrEqual(20)
  })

  test('the handle stays the same over rotations, and a new sign-in has a new one', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const [first] = tabs
    if (!first) return
    const handle = sessionIn(first).refresh_token
    await world.run(first.coordinator.refresh())
    await world.settle()
    expect(tabs.map((tab) => sessionIn(tab).refresh_token)).toEqual([handle, handle])
    await world.signIn(first)
    expect(sessionIn(first).refresh_token).not.toBe(handle)
  })

  test("with refreshToken: 'plain' all tabs see the current refresh token itself", async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3, { refreshToken: 'plain' })
    await world.run(leaderOf(tabs).coordinator.refresh())
    await world.settle()
    const shown = new Set(tabs.map((tab) => sessionIn(tab).refresh_token))
    expect(shown.size).toBe(1)
    expect([...shown][0]).toMatch(/^secret-/)
  })

  test('a provider that does not rotate keeps its refresh token', async () => {
    const world = worldOf()
    const first = world.open({ refresh: async () => ({ access_token: 'next', expires_in: 60 }) as never })
    await world.settle()
    await world.signIn(first)
    await world.run(first.coordinator.refresh())
    expect(sessionIn(first).access_token).toBe('next')
    expect(await world.run(first.coordinator.isCurrent('secret-1-1'))).toBe(true)
  })

  test('updateSession changes members for all tabs, and no token', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    const before = tokensIn(tabs)
    const [, tab] = tabs
    await world.run(Promise.resolve(tab?.coordinator.updateSession({ user: 'Ann' } as object)))
    await world.settle()
    for (const each of tabs) expect(sessionIn(each)).toMatchObject({ user: 'Ann' })
    expect(tokensIn(tabs)).toEqual(before)
  })

  test('updateSession during a grant keeps both the change and the new tokens', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    world.server.fault = () => ({ afterMs: 500 })
    const refreshed = leaderOf(tabs).coordinator.refresh()
    await world.advance(200)
    const [, tab] = tabs
    await world.run(Promise.resolve(tab?.coordinator.updateSession({ user: 'Ann' } as object)))
    await world.run(refreshed)
    await world.settle()
    expect(tokensIn(tabs)).toHaveLength(1)
    for (const each of tabs) expect(sessionIn(each)).toMatchObject({ user: 'Ann' })
    expect(world.server.sent).toHaveLength(1)
  })

  test('an idle world sends no messages', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(10)
    const before = world.channel.posted.length
    await world.advance(30 * 60 * 1000)
    expect(world.channel.posted).toHaveLength(before)
    expect(tabs.every((tab) => statusIn(tab) === 'signed-in')).toBe(true)
  })
})

describe('getAccessToken', () => {
  test('I8: never resolves with a token that is valid for less than minValidityMs', async () => {
    const world = worldOf({ server: { lifetimeSeconds: 60 } })
    const tabs = await world.signedIn(4)
    for (let n = 0; n < 100; n++) {
      const minValidityMs = Math.floor(world.random() * 50_000)
      const tab = tabs[n % 4]
      if (!tab) continue
      await world.run(tab.coordinator.getAccessToken({ minValidityMs }))
      expect(validityIn(tab)).toBeGreaterThanOrEqual(minValidityMs)
      await world.advance(world.random() * 20_000)
    }
  })

  test('I8: never resolves with an expired token, even when no validity is asked for', async () => {
    const world = worldOf()
    const [tab] = await world.signedIn(1)
    const before = tab && sessionIn(tab).access_token
    world.online = false
    await world.advance(2 * HOUR_MS)
    world.online = true
    await world.advance(60_000)
    const token = await world.run(Promise.resolve(tab?.coordinator.getAccessToken({ minValidityMs: 0 })))
    expect(token).not.toBe(before)
  })

  test('lifetime_too_short: more is asked than a fresh token has', async () => {
    const world = worldOf({ server: { lifetimeSeconds: 60 } })
    const [tab] = await world.signedIn(1)
    const asked = world.run(Promise.resolve(tab?.coordinator.getAccessToken({ minValidityMs: 2 * HOUR_MS })))
    await expect(asked).rejects.toMatchObject({ code: 'lifetime_too_short' })
    expect(world.server.sent.length).toBeLessThanOrEqual(2)
  })

  test('a token that came while the page slept too long is replaced, not refused', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const [, sleeper] = tabs
    world.server.fault = () => ({ beforeMs: 2000 })
    world.channel.delivery = (_, to) => (to === sleeper ? [] : [1])
    const asked = sleeper?.coordinator.getAccessToken({ minValidityMs: 59.9 * 60 * 1000 })
    await world.advance(900)
    sleeper?.freeze()
    await world.advance(HOUR_MS / 2)
    sleeper?.thaw()
    world.server.fault = () => ({})
    await expect(world.run(Promise.resolve(asked))).resolves.toMatch(/^access-/)
  })

  test('in a new tab it waits for the stored session', async () => {
    const world = worldOf()
    await world.signedIn(1)
    const late = world.open()
    await expect(world.run(late.coordinator.getAccessToken())).resolves.toMatch(/^access-/)
  })

  test('session_missing: there is no session', async () => {
    const world = worldOf()
    const tab = world.open()
    await expect(world.run(tab.coordinator.getAccessToken())).rejects.toMatchObject({
      code: 'session_missing',
    })
    await expect(world.run(tab.coordinator.refresh())).rejects.toMatchObject({ code: 'session_missing' })
  })
})
