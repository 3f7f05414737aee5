import { describe, expect, test } from 'vitest'
import { createIdleWorld, type IdleTab, LIMITS, signedInIdle } from './testing/idle-world.ts'

const MINUTE_MS = 60 * 1000
const HOUR_MS = 60 * MINUTE_MS
const NONE = {} as IdleTab

const phases = (tabs: readonly IdleTab[]) => tabs.map((tab) => tab.phase())

describe('in step over all tabs', () => {
  test('without activity all tabs are warned and go idle at the same moment', async () => {
    const { world, tabs } = await signedInIdle(4)
    const signedInMs = world.wallMs()
    await world.advance(LIMITS.afterMs + 5000)
    for (const { heard } of tabs) {
      expect(heard.map(({ phase }) => phase)).toEqual(['warning', 'idle'])
      const [warnedMs = 0, idleMs = 0] = heard.map(({ atMs }) => atMs - signedInMs)
      expect(Math.abs(warnedMs - (LIMITS.afterMs - LIMITS.warnMs))).toBeLessThan(50)
      expect(Math.abs(idleMs - LIMITS.afterMs)).toBeLessThan(50)
    }
  })

  test('activity in one tab counts for all, to its last moment', async () => {
    const { world, tabs } = await signedInIdle(3)
    const [one = NONE] = tabs
    let lastMs = 0
    for (let times = 0; times < 400; times++) {
      one.touch()
      lastMs = world.wallMs()
      await world.advance(3100)
    }
    expect(phases(tabs)).toEqual(['active', 'active', 'active'])
    await world.advance(LIMITS.afterMs)
    for (const { heard } of tabs) {
      expect(heard.map(({ phase }) => phase)).toEqual(['warning', 'idle'])
      expect(Math.abs((heard[1]?.atMs ?? 0) - lastMs - LIMITS.afterMs)).toBeLessThan(50)
    }
  })

  test('a refresh of the session counts for nothing', async () => {
    const { world, tabs } = await signedInIdle(2)
    const [one = NONE] = tabs
    for (let minutes = 0; minutes < 10; minutes++) {
      await world.run(one.tab.coordinator.refresh())
      await world.advance(MINUTE_MS)
    }
    expect(phases(tabs)).toEqual(['idle', 'idle'])
  })

  test('the warning is answered in any tab, by stay() or by activity', async () => {
    const { world, tabs } = await signedInIdle(3)
    const [one = NONE, other = NONE] = tabs
    for (const answer of [() => one.timer.stay(), () => other.touch()]) {
      await world.advance(LIMITS.afterMs - LIMITS.warnMs / 2)
      expect(phases(tabs)).toEqual(['warning', 'warning', 'warning'])
      answer()
      await world.settle()
      expect(phases(tabs)).toEqual(['active', 'active', 'active'])
    }
  })

  test('the warning says when idleness begins, and is the same object until that changes', async () => {
    const { world, tabs } = await signedInIdle(1)
    const [{ timer } = NONE] = tabs
    const signedInMs = world.wallMs()
    await world.advance(LIMITS.afterMs - LIMITS.warnMs + 1000)
    const warning = timer.getSnapshot()
    expect(
      warning.phase === 'warning' && Math.abs(warning.idleAtMs - signedInMs - LIMITS.afterMs),
    ).toBeLessThan(50)
    await world.advance(LIMITS.warnMs / 2)
    expect(timer.getSnapshot()).toBe(warning)
  })

  test('once idle, activity does not end it, and stay() does, in all tabs', async () => {
    const { world, tabs } = await signedInIdle(3)
    const [one = NONE, other = NONE] = tabs
    await world.advance(LIMITS.afterMs + 1000)
    one.touch()
    other.focus()
    await world.advance(1000)
    expect(phases(tabs)).toEqual(['idle', 'idle', 'idle'])
    other.timer.stay()
    await world.settle()
    expect(phases(tabs)).toEqual(['active', 'active', 'active'])
  })

  test('a tab whose timers are late goes idle when the others do', async () => {
    const { world, tabs } = await signedInIdle(3)
    const [slow = NONE] = tabs
    const { clock } = slow.tab.ports
    slow.tab.hide()
    const setTimer = clock.setTimer.bind(clock)
    clock.setTimer = (delayMs, callback) => setTimer(delayMs > 1000 ? delayMs + MINUTE_MS : delayMs, callback)
    slow.touch()
    await world.advance(LIMITS.afterMs + 6000)
    expect(phases(tabs)).toEqual(['idle', 'idle', 'idle'])
  })
})

describe('a tab that comes later', () => {
  test('goes on from the last activity of the others', async () => {
    const { world, tabs, open } = await signedInIdle(1)
    const [one = NONE] = tabs
    await world.advance(5 * MINUTE_MS)
    one.touch()
    await world.advance(5 * MINUTE_MS)
    one.crash()
    const late = open()
    await world.settle()
    expect(late.phase()).toBe('active')
    await world.advance(5 * MINUTE_MS + 1000)
    expect(late.phase()).toBe('idle')
  })

  test('is idle at once when the limit has long passed', async () => {
    const { world, tabs, open } = await signedInIdle(1)
    tabs[0]?.crash()
    await world.advance(HOUR_MS)
    const late = open()
    await world.settle()
    late.touch()
    await world.settle()
    expect(late.phase()).toBe('idle')
    expect(late.heard.map(({ phase }) => phase)).toEqual(['idle'])
  })

  test('begins anew after a sign-in, however long nobody was there', async () => {
    const { world, tabs, open } = await signedInIdle(1)
    const [one = NONE] = tabs
    await world.run(one.tab.coordinator.signOut())
    one.timer.close()
    await world.advance(HOUR_MS)
    await world.signIn(one.tab)
    one.timer.start()
    const late = open()
    await world.settle()
    expect(phases([one, late])).toEqual(['active', 'active'])
  })

  test.each(['fails', 'never answers'])('a store that %s: it counts from its opening', async (how) => {
    const { world, disk, open } = await signedInIdle(1)
    if (how === 'fails') disk.fault = () => 'UnknownError'
    else disk.open = () => ({ read: () => new Promise(() => {}), transact: () => new Promise(() => {}) })
    await world.advance(9 * MINUTE_MS)
    const late = open()
    await world.advance(5 * MINUTE_MS)
    expect(late.phase()).toBe('active')
    await world.advance(6 * MINUTE_MS)
    expect(late.phase()).toBe('idle')
  })
})

describe('the session that is timed', () => {
  test('another user who signs in while the store is asked begins anew', async () => {
    const { world, tabs, disk, open } = await signedInIdle(1)
    const [one = NONE] = tabs
    await world.advance(HOUR_MS)
    let answer = (_: unknown) => {}
    disk.open = () => ({
      read: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
      transact: () => new Promise(() => {}),
    })
    const late = open()
    await world.settle()
    const stored = disk.raw
    await world.signIn(one.tab)
    await world.settle()
    answer(stored)
    await world.advance(2000)
    expect(phases([one, late])).toEqual(['active', 'active'])
    await world.advance(LIMITS.afterMs)
    expect(phases([one, late])).toEqual(['idle', 'idle'])
  })

  test('while nobody is signed in nobody is idle', async () => {
    const { world, open } = createIdleWorld()
    const tab = open()
    await world.advance(HOUR_MS)
    tab.touch()
    tab.timer.stay()
    expect(tab.heard).toEqual([])
    expect(tab.phase()).toBe('active')
  })

  test('signing out ends idleness, and the next sign-in begins anew', async () => {
    const { world, tabs } = await signedInIdle(2)
    const [one = NONE] = tabs
    await world.advance(HOUR_MS)
    await world.run(one.tab.coordinator.signOut())
    await world.settle()
    expect(phases(tabs)).toEqual(['active', 'active'])
    await world.advance(HOUR_MS)
    await world.signIn(one.tab)
    await world.advance(9 * MINUTE_MS - 1000)
    expect(phases(tabs)).toEqual(['active', 'active'])
    await world.advance(2 * MINUTE_MS)
    expect(phases(tabs)).toEqual(['idle', 'idle'])
  })
})

describe('what it costs', () => {
  test('a storm of input is told a few times a minute, and silence not at all', async () => {
    const { world, tabs, channel, disk } = await signedInIdle(2)
    const [one = NONE] = tabs
    const [posted, writes] = [channel.posted.length, disk.writes]
    for (let times = 0; times < 3000; times++) {
      one.touch()
      await world.advance(20)
    }
    const told = channel.posted.length - posted
    expect(told).toBeGreaterThan(5)
    expect(told).toBeLessThanOrEqual(14)
    expect(disk.writes - writes).toBeLessThanOrEqual(14)
    await world.advance(5000)
    const after = channel.posted.length
    await world.advance(5 * MINUTE_MS)
    expect(channel.posted).toHaveLength(after)
  })

  test('close leaves no timer, listener or channel, tells what was not told, and start may follow', async () => {
    const { world, tabs, channel } = await signedInIdle(2)
    const [one = NONE, other = NONE] = tabs
    await world.advance(LIMITS.afterMs - LIMITS.warnMs - 6000)
    one.touch()
    await world.advance(1000)
    one.touch()
    const { timers, listeners } = one.tab.leftovers()
    expect(listeners).toBe(2)
    one.timer.close()
    one.timer.close()
    expect(channel.countOf(one.tab)).toBe(0)
    expect(one.listeners()).toBe(0)
    expect(one.tab.leftovers()).toMatchObject({ timers: timers - 2, listeners: listeners - 1 })
    await world.advance(LIMITS.afterMs - LIMITS.warnMs - 1000)
    expect(other.phase()).toBe('active')
    one.timer.start()
    one.timer.start()
    await world.advance(LIMITS.warnMs / 2)
    expect(phases(tabs)).toEqual(['warning', 'warning'])
  })

  test('closed and started again at once, as React does, it goes on', async () => {
    const { world, tabs } = await signedInIdle(1)
    const [one = NONE] = tabs
    one.timer.close()
    one.timer.start()
    one.timer.close()
    one.timer.start()
    await world.advance(LIMITS.afterMs + 1000)
    expect(one.phase()).toBe('idle')
  })
})

test.each([
  { afterMs: 99 },
  { afterMs: Number.NaN },
  { afterMs: Number.POSITIVE_INFINITY },
  { afterMs: 31 * 24 * HOUR_MS },
  { afterMs: 1000, warnMs: 1000 },
  { afterMs: 1000, warnMs: -1 },
  { afterMs: 1000, warnMs: Number.NaN },
])('%j is refused', (options) => {
  const { world, join } = createIdleWorld()
  expect(() => join(world.open(), options)).toThrow(expect.objectContaining({ code: 'option_invalid' }))
})

test('garbled messages, and those of another build, change nothing', async () => {
  const { world, tabs, channel } = await signedInIdle(1)
  await world.advance(LIMITS.afterMs / 2)
  const atMs = world.wallMs()
  for (const garbled of [
    null,
    'due',
    { v: 2, type: 'activity', atMs },
    { v: 1, type: 'activity', atMs: 'x' },
  ]) {
    channel.inject(garbled)
  }
  await world.advance(LIMITS.afterMs / 2 + 1000)
  expect(phases(tabs)).toEqual(['idle'])
})

test('activity that is said to be in the future counts as now', async () => {
  const { world, tabs, channel } = await signedInIdle(1)
  channel.inject({ v: 1, type: 'activity', atMs: Number.MAX_SAFE_INTEGER })
  await world.advance(LIMITS.afterMs + 1000)
  expect(phases(tabs)).toEqual(['idle'])
})
