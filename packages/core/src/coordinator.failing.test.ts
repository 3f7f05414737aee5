import { describe, expect, test } from 'vitest'
import { GrantUnavailable } from './errors.ts'
import { checkedWorlds } from './testing/checked-world.ts'
import type { FakeTab } from './testing/fake-tab.ts'
import { failingIn, leaderOf, sessionIn, statusIn, tokensIn, validityIn } from './testing/looks.ts'

const worldOf = checkedWorlds()
const NO_TAB = {} as FakeTab
const MINUTE_MS = 60 * 1000
const HOUR_MS = 60 * MINUTE_MS

/** The attempts of all tabs, as the network has seen them. */
const attemptsIn = (tabs: FakeTab[]) =>
  tabs.flatMap((tab) => tab.diagnostics.filter((event) => event.type === 'grant-sent')).length

describe('a network that is away', () => {
  test('I5: offline past expiry is still signed in, in all tabs, and says since when it fails', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(5)
    world.online = false
    await world.advance(2 * HOUR_MS)
    for (const tab of tabs) {
      expect(statusIn(tab)).toBe('signed-in')
      expect(validityIn(tab)).toBe(0)
      expect(failingIn(tab)).toBe('TypeError')
    }
  })

  test('getAccessToken says refresh_failed rather than give an expired token', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3)
    world.online = false
    await world.advance(2 * HOUR_MS)
    for (const tab of tabs) {
      const asked = world.run(tab.coordinator.getAccessToken({ minValidityMs: 0 }))
      await expect(asked).rejects.toMatchObject({ code: 'refresh_failed' })
    }
  })

  test('I9: thirty tabs spend no more attempts than one tab would', async () => {
    const count = async (tabCount: number) => {
      const world = worldOf()
      const tabs = await world.signedIn(tabCount)
      world.online = false
      await world.advance(3 * HOUR_MS)
      return attemptsIn(tabs)
    }
    const alone = await count(1)
    const many = await count(30)
    expect(alone).toBeGreaterThan(50)
    expect(many).toBeLessThan(alone * 1.3)
  })

  test('I9: thirty tabs that ask for tokens all the time stay inside the budget', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(30)
    world.online = false
    await world.advance(HOUR_MS)
    const before = attemptsIn(tabs)
    for (let n = 0; n < 600; n++) {
      const asked = tabs.map((tab) => tab.coordinator.getAccessToken().catch(() => {}))
      await world.run(Promise.all(asked))
      await world.advance(1000)
    }
    expect(attemptsIn(tabs) - before).toBeLessThan(60)
  })

  test('I9: refresh() in a loop in thirty tabs makes at most one attempt a second', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(30)
    world.online = false
    const startMs = world.loop.nowMs()
    for (let n = 0; n < 300; n++) {
      await world.run(Promise.all(tabs.map((tab) => tab.coordinator.refresh().catch(() => {}))))
      await world.advance(100)
    }
    const seconds = (world.loop.nowMs() - startMs) / 1000
    expect(attemptsIn(tabs)).toBeGreaterThan(10)
    expect(attemptsIn(tabs)).toBeLessThanOrEqual(seconds + 1)
  })

  test('back online: one grant at once, and all tabs have its token', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(5)
    world.online = false
    await world.advance(3 * HOUR_MS)
    world.online = true
    const startMs = world.loop.nowMs()
    for (const tab of tabs) tab.tell('online')
    while (world.server.sent.length === 0) await world.advance(10)
    expect(world.loop.nowMs() - startMs).toBeLessThan(1500)
    await world.settle()
    await world.advance(100)
    expect(world.server.sent).toHaveLength(1)
    expect(tokensIn(tabs)).toHaveLength(1)
    for (const tab of tabs) expect(failingIn(tab)).toBeNull()
  })

  test('a hidden follower learns at its next question that refreshing works again', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(3, { visible: false })
    world.online = false
    await world.advance(2 * HOUR_MS)
    world.online = true
    await world.advance(5 * MINUTE_MS)
    const tokens = await world.run(Promise.all(tabs.map((tab) => tab.coordinator.getAccessToken())))
    expect(new Set(tokens).size).toBe(1)
  })
})

describe('a server that does not grant', () => {
  test('Retry-After is honoured by all tabs, also by refresh()', async () => {
    const world = worldOf()
    const tabs = await world.signedIn(5)
    world.server.fault = (n) =>
      n === 1 ? { error: new GrantUnavailable('over_request_rate_limit', 10 * MINUTE_MS) } : {}
    await world.run(
      leaderOf(tabs)
        .coordinator.refresh()
        .catch(() => {}) as Promise<void>,
    )
    const failedMs = world.loop.nowMs()
    for (let n = 0; n < 9; n++) {
      for (const tab of tabs) {
        const asked = world.run(tab.coordinator.refresh())
        await expect(asked).rejects.toMatchObject({ code: 'refresh_failed' })
      }
      for (const tab of tabs) tab.tell('online')
      await world.advance(MINUTE_MS)
    }
    expect(world.server.sent).toHaveLength(1)
    await world.advance(2 * MINUTE_MS)
    expect(world.server.sent).toHaveLength(2)
    expect((world.server.sent[1]?.atMs ?? 0) - failedMs).toBeGreaterThanOrEqual(10 * MINUTE_MS - 50)
    expect(tokensIn(tabs)).toHaveLength(1)
  })

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])(
    'a Retry-After of %s milliseconds is none: no storm, and no end of attempts',
    async (retryAfterMs) => {
      const world = worldOf()
      const tabs = await world.signedIn(3)
      world.server.fault = () => ({ error: new GrantUnavailable('503', retryAfterMs) })
      await world.advance(HOUR_MS)
      const before = attemptsIn(tabs)
      await world.advance(HOUR_MS)
      const spent = attemptsIn(tabs) - before
      expect(spent).toBeGreaterThan(30)
      expect(spent).toBeLessThan(300)
    },
  )

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a page of HTML', '<html>'],
    ['an empty object', {}],
    ['a list', []],
    ['no access token', { refresh_token: 'x', expires_in: 3600 }],
    ['an empty access token', { access_token: '', refresh_token: 'x', expires_in: 3600 }],
    ['no expiry', { access_token: 'x', refresh_token: 'x' }],
    ['an expiry that is no number', { access_token: 'x', refresh_token: 'x', expires_in: 'soon' }],
    ['an endless expiry', { access_token: 'x', refresh_token: 'x', expires_in: 1e308 }],
  ])('I5: an answer that is garbage (%s) keeps the session and is tried again', async (_, garbage) => {
    const world = worldOf()
    const tabs = await world.signedIn(2)
    const before = tokensIn(tabs)
    const answers = [garbage]
    const refresh = async (token: string, { signal }: { signal: AbortSignal }) =>
      answers.length > 0
        ? (answers.pop() as never)
        : world.server.refresh({ frozen: false, gone: false }, token, signal)
    const odd = world.open({ refresh })
    await world.settle()
    for (const tab of tabs) tab.crash()
    await world.settle()
    const asked = world.run(odd.coordinator.refresh())
    await expect(asked).rejects.toMatchObject({ code: 'refresh_failed' })
    expect(sessionIn(odd).access_token).toBe(before[0])
    await world.advance(5000)
    expect(sessionIn(odd).access_token).not.toBe(before[0])
  })

  test('a request that hangs is given up after requestTimeoutMs, and tried again', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1, { requestTimeoutMs: 5000 })
    world.server.fault = (n) => (n === 1 ? { lost: true } : {})
    const startMs = world.loop.nowMs()
    const asked = world.run(tab.coordinator.refresh())
    await expect(asked).rejects.toMatchObject({ code: 'refresh_failed', cause: { code: 'timeout' } })
    expect(world.loop.nowMs() - startMs).toBeGreaterThanOrEqual(5000)
    expect(world.loop.nowMs() - startMs).toBeLessThan(5100)
    await world.advance(5000)
    expect(failingIn(tab)).toBeNull()
  })

  test('a provider that ignores its signal and never answers blocks nobody', async () => {
    const world = worldOf()
    const [tab = NO_TAB] = await world.signedIn(1)
    tab.crash()
    const stuck = world.open({ refresh: () => new Promise(() => {}) })
    await world.settle()
    const asked = world.run(stuck.coordinator.refresh())
    await expect(asked).rejects.toMatchObject({ code: 'refresh_failed' })
    await world.run(stuck.coordinator.close())
    expect(Object.values(stuck.leftovers())).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('I7: what a provider says when it fails is shown nowhere, since it may hold the token', async () => {
    const world = worldOf()
    const refresh = (token: string) => Promise.reject(new Error(`no grant for ${token}`))
    const [tab = NO_TAB] = await world.signedIn(1, { refresh })
    const error = await world.run(tab.coordinator.refresh().catch((thrown) => thrown))
    const shown = [
      tab.coordinator.getSnapshot(),
      tab.diagnostics,
      world.channel.posted,
      error.message,
      error.cause,
    ]
    expect(error).toMatchObject({ code: 'refresh_failed', cause: { code: 'Error' } })
    expect(JSON.stringify(shown)).not.toContain('secret-')
  })

  test('a provider that throws at once is a failed attempt', async () => {
    const world = worldOf()
    const refresh = () => {
      throw new RangeError('bug')
    }
    const [tab = NO_TAB] = await world.signedIn(1, { refresh })
    const asked = world.run(tab.coordinator.refresh())
    await expect(asked).rejects.toMatchObject({ code: 'refresh_failed', cause: { code: 'RangeError' } })
    expect(statusIn(tab)).toBe('signed-in')
  })
})
