import { describe, expect, test } from 'vitest'
import { type IdleTab, LIMITS, signedInIdle } from './testing/idle-world.ts'

const MINUTE_MS = 60 * 1000
const HOUR_MS = 60 * MINUTE_MS
const NONE = {} as IdleTab

const phases = (tabs: readonly IdleTab[]) => tabs.map((tab) => tab.phase())

describe('sleep, freezing and clocks', () => {
  test('a device that slept past the limit comes back idle, and the first touch changes nothing', async () => {
    const { world, tabs, sleep } = await signedInIdle(2)
    const [one = NONE, other = NONE] = tabs
    await world.advance(MINUTE_MS)
    sleep(HOUR_MS)
    one.touch()
    one.touch()
    await world.settle()
    expect(phases(tabs)).toEqual(['idle', 'idle'])
    expect(one.heard.map(({ phase }) => phase)).toEqual(['idle'])
    other.touch()
    await world.settle()
    expect(phases(tabs)).toEqual(['idle', 'idle'])
  })

  test('turning to the window after a sleep is enough to find out', async () => {
    const { world, tabs, sleep } = await signedInIdle(2)
    sleep(HOUR_MS)
    tabs[1]?.focus()
    await world.settle()
    expect(phases(tabs)).toEqual(['idle', 'idle'])
  })

  test('nobody has to touch anything for that', async () => {
    const { world, tabs, sleep } = await signedInIdle(1)
    sleep(HOUR_MS)
    await world.advance(10_001)
    expect(phases(tabs)).toEqual(['idle'])
  })

  test('a tab that was frozen while others were active is not idle when it wakes', async () => {
    const { world, tabs, channel } = await signedInIdle(2)
    const [one = NONE, frozen = NONE] = tabs
    frozen.tab.hide()
    frozen.tab.freeze()
    // Some browsers deliver nothing to a frozen page.
    channel.delivery = (_from, to) => (to === frozen.tab ? [] : [1])
    for (let minutes = 0; minutes < 30; minutes++) {
      one.touch()
      await world.advance(MINUTE_MS)
    }
    frozen.tab.thaw()
    frozen.tab.show()
    frozen.touch()
    await world.settle()
    expect(phases(tabs)).toEqual(['active', 'active'])
    expect(frozen.heard).toEqual([])
  })

  test('a tab that missed that somebody stayed learns it when it wakes', async () => {
    const { world, tabs, channel } = await signedInIdle(2)
    const [one = NONE, frozen = NONE] = tabs
    await world.advance(LIMITS.afterMs + 1000)
    frozen.tab.freeze()
    channel.delivery = () => []
    one.timer.stay()
    await world.settle()
    frozen.tab.thaw()
    await world.settle()
    expect(phases(tabs)).toEqual(['active', 'active'])
  })

  test('a page in the back-forward cache has no channel and no timer, and goes by the others when it is back', async () => {
    const { world, tabs, channel } = await signedInIdle(2)
    const [one = NONE, cached = NONE] = tabs
    cached.touch()
    const before = channel.countOf(cached.tab)
    await cached.tab.enterCache()
    cached.tab.hide()
    expect(channel.countOf(cached.tab)).toBe(before - 1)
    expect(cached.tab.leftovers().timers).toBe(0)
    for (let minutes = 0; minutes < 30; minutes++) {
      one.touch()
      await world.advance(MINUTE_MS)
    }
    cached.tab.leaveCache({ shownFirst: true })
    await world.settle()
    expect(phases(tabs)).toEqual(['active', 'active'])
    expect(channel.countOf(cached.tab)).toBe(before)
  })

  test.each([HOUR_MS, 24 * HOUR_MS])('a clock put back by %i ms begins the wait anew', async (byMs) => {
    const { world, tabs } = await signedInIdle(2)
    await world.advance(5 * MINUTE_MS)
    world.setClock(-byMs)
    await world.advance(LIMITS.afterMs - LIMITS.warnMs - 1000)
    expect(phases(tabs)).toEqual(['active', 'active'])
    await world.advance(LIMITS.warnMs + 12_000)
    expect(phases(tabs)).toEqual(['idle', 'idle'])
  })

  test.each([5 * MINUTE_MS, HOUR_MS])(
    'a clock put back by %i ms ends no idleness, nor does a touch then; stay() does, in all tabs',
    async (byMs) => {
      const { world, tabs } = await signedInIdle(3)
      const [one = NONE, other = NONE] = tabs
      await world.advance(LIMITS.afterMs + 1000)
      world.setClock(-byMs)
      one.touch()
      other.focus()
      other.tab.show()
      await world.advance(1000)
      expect(phases(tabs)).toEqual(['idle', 'idle', 'idle'])
      other.timer.stay()
      await world.settle()
      expect(phases(tabs)).toEqual(['active', 'active', 'active'])
    },
  )

  test('a tab that is opened later goes on from activity since the clock was put back', async () => {
    const { world, tabs, open } = await signedInIdle(1)
    const [one = NONE] = tabs
    world.setClock(-HOUR_MS)
    one.touch()
    await world.advance(5000)
    one.crash()
    await world.advance(9 * MINUTE_MS)
    const late = open()
    await world.advance(MINUTE_MS)
    expect(late.phase()).toBe('idle')
  })

  test('activity goes on counting after the clock was put back', async () => {
    const { world, tabs } = await signedInIdle(2)
    const [one = NONE] = tabs
    one.touch()
    world.setClock(-HOUR_MS)
    for (let minutes = 0; minutes < 30; minutes++) {
      one.touch()
      await world.advance(MINUTE_MS)
    }
    expect(phases(tabs)).toEqual(['active', 'active'])
    await world.advance(LIMITS.afterMs)
    expect(phases(tabs)).toEqual(['idle', 'idle'])
  })
})
