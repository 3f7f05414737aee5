import { describe, expect, test } from 'vitest'
import { createTabWorld, LIST_NAME, type TabWorld } from './testing/tab-world.ts'

const three = async (options?: Parameters<typeof createTabWorld>[0]) => {
  const world = createTabWorld(options)
  const [first, second, third] = [world.open(), world.open(), world.open(false)]
  if (options?.hasLocks === false) first.lead(true)
  await world.loop.settle()
  const watch = second.watch()
  await world.loop.settle()
  return { world, first, second, third, watch }
}

const LOCKS = [
  ['with Web Locks', true],
  ['without Web Locks', false],
] as const

describe.each(LOCKS)('a tab list, %s,', (_, hasLocks) => {
  test('has every tab with its role and visibility, in one order', async () => {
    const { world, first, second } = await three({ hasLocks })
    expect(second.sees()).toEqual(['tab0 leader visible', 'tab1* follower visible', 'tab2 follower hidden'])
    first.watch()
    await world.loop.settle()
    expect(first.sees()).toEqual(['tab0* leader visible', 'tab1 follower visible', 'tab2 follower hidden'])
  })

  test('hears of tabs that come, change and go', async () => {
    const { world, second, third } = await three({ hasLocks })
    const fourth = world.open()
    await world.loop.settle()
    expect(second.sees()).toContain('tab3 follower visible')
    third.show()
    fourth.hide()
    await world.loop.settle()
    expect(second.sees().slice(2)).toEqual(['tab2 follower visible', 'tab3 follower hidden'])
    third.unload()
    fourth.list.close()
    await world.loop.settle()
    expect(second.sees()).toEqual(['tab0 leader visible', 'tab1* follower visible'])
  })

  test('shows itself before it knows of others, and nothing before it starts', async () => {
    const world = createTabWorld({ hasLocks })
    const tab = world.open()
    expect(tab.sees()).toEqual(['tab0* follower visible'])
    tab.list.close()
    expect(tab.list.getSnapshot()).toEqual([])
  })

  test('is the same array, with the same tabs, until something changes', async () => {
    const { world, second, third, watch } = await three({ hasLocks })
    const before = second.list.getSnapshot()
    const heard = watch.heard()
    third.thaw()
    second.thaw()
    second.show()
    await world.loop.advance(5000)
    expect(second.list.getSnapshot()).toBe(before)
    expect(watch.heard()).toBe(heard)
    third.show()
    await world.loop.settle()
    expect(watch.heard()).toBe(heard + 1)
    expect(second.list.getSnapshot()[0]).toBe(before[0])
  })

  test('a frozen tab stays in it', async () => {
    const { world, second, third } = await three({ hasLocks })
    third.freeze()
    second.show()
    await world.loop.advance(5000)
    expect(second.sees()).toContain('tab2 follower hidden')
  })

  test('a tab in the back-forward cache is not in it, and is when it comes back', async () => {
    const { world, second, third } = await three({ hasLocks })
    third.watch()
    await world.loop.settle()
    await third.enterCache()
    await world.loop.settle()
    expect(second.sees()).toHaveLength(2)
    expect(third.leftovers()).toMatchObject({ timers: 0, tasks: 0, locks: 0, channels: 0 })
    third.leaveCache()
    await world.loop.settle()
    expect(second.sees()).toContain('tab2 follower hidden')
  })

  test('nothing is sent and no timer runs while nothing changes', async () => {
    const { world } = await three({ hasLocks })
    await world.loop.advance(5000)
    const posted = world.channel.posted.length
    await world.loop.advance(60 * 60 * 1000)
    expect(world.channel.posted).toHaveLength(posted)
    for (const tab of world.tabs) expect(tab.leftovers()).toMatchObject({ timers: 0, tasks: 0 })
  })

  test('close leaves no timer, listener, lock or channel, and start may follow', async () => {
    const { world, first, second } = await three({ hasLocks })
    const idle = { timers: 0, tasks: 0, channels: 0, listeners: 0 }
    for (const tab of [first, second]) {
      // A look at the list of locks is under way.
      tab.thaw()
      tab.list.close()
      tab.list.close()
    }
    await world.loop.settle()
    // What is left is a place in the election.
    for (const tab of [first, second]) expect(tab.leftovers()).toEqual({ ...idle, locks: hasLocks ? 1 : 0 })
    second.list.start()
    second.list.start()
    await world.loop.settle()
    expect(second.sees()).toEqual(['tab1* follower visible', 'tab2 follower hidden'])
  })

  test('messages of another build, or garbled ones, change nothing', async () => {
    const { world, second } = await three({ hasLocks })
    const before = second.list.getSnapshot()
    for (const garbled of [null, 'here', { v: 2, from: 'x', type: 'here', role: 'leader', visible: true }]) {
      world.channel.inject(garbled)
    }
    world.channel.inject({ v: 1, from: 'x', type: 'here', role: 'boss', visible: true })
    await world.loop.settle()
    expect(second.list.getSnapshot()).toBe(before)
  })
})

describe('with Web Locks', () => {
  test('a tab that crashes is gone at once, and the next leader shows', async () => {
    const { world, first, second } = await three()
    first.crash()
    await world.loop.settle()
    expect(second.sees()).toEqual(['tab1* leader visible', 'tab2 follower hidden'])
  })

  test('a frozen tab that was granted the lead shows as the leader, though it does not know', async () => {
    const { world, first, second, third } = await three()
    third.watch()
    await world.loop.settle()
    second.freeze()
    first.crash()
    await world.loop.settle()
    expect(second.leads()).toBe(false)
    expect(third.sees()).toEqual(['tab1 leader visible', 'tab2* follower hidden'])
  })

  test('a frozen page that waited for a tab is not taken for that tab', async () => {
    const { world, first, second, third } = await three()
    third.watch()
    await world.loop.settle()
    third.freeze()
    first.crash()
    await world.loop.settle()
    second.show()
    await world.loop.settle()
    expect(second.sees().map((each) => each.split(' ')[0])).toEqual(['tab1*', 'tab2'])
  })

  test('there is no moment without a lock while the visibility changes', async () => {
    const { world, first, second, watch } = await three()
    for (let times = 0; times < 10; times++) {
      first.hide()
      if (times % 2) await world.loop.settle()
      first.show()
    }
    await world.loop.settle()
    expect(watch.snapshots.every((tabs) => tabs.some(({ id }) => id === 'tab0'))).toBe(true)
    expect(second.sees()[0]).toBe('tab0 leader visible')
    // Its place in the election, and its place in the list.
    expect(first.leftovers().locks).toBe(2)
  })

  test('a stolen lead shows where it went', async () => {
    const { world, first, second, third } = await three()
    third.watch()
    await world.loop.settle()
    world.locks.steal(`solotab:${LIST_NAME}:leader`)
    await world.loop.settle()
    expect([first.leads(), second.leads()]).toEqual([false, true])
    expect(second.sees().slice(0, 2)).toEqual(['tab0 follower visible', 'tab1* leader visible'])
    expect(third.sees().slice(0, 2)).toEqual(['tab0 follower visible', 'tab1 leader visible'])
  })

  test('who does not watch waits for nobody', async () => {
    const { world, first, second, watch } = await three()
    expect(first.leftovers().locks).toBe(2)
    expect(second.leftovers().locks).toBe(4)
    watch.end()
    watch.end()
    await world.loop.settle()
    expect(second.leftovers().locks).toBe(2)
  })
})

describe('without Web Locks', () => {
  test('a tab that crashed is gone after somebody has asked', async () => {
    const { world, second, third } = await three({ hasLocks: false })
    third.crash()
    await world.loop.advance(60_000)
    expect(second.sees()).toHaveLength(3)
    second.show()
    await world.loop.advance(1001)
    expect(second.sees()).toEqual(['tab0 leader visible', 'tab1* follower visible'])
  })
})

const STEPS = 60
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1)

const stepAtRandom = (world: TabWorld): void => {
  const living = world.tabs.filter((tab) => !tab.gone && !tab.frozen)
  const tab = living[Math.floor(world.random() * living.length)]
  const roll = world.random()
  if (!tab || (roll < 0.25 && living.length < 6)) world.open(world.random() < 0.5)
  else if (roll < 0.4) tab.hide()
  else if (roll < 0.55) tab.show()
  else if (roll < 0.65) tab.crash()
  else if (roll < 0.75) tab.unload()
  else if (roll < 0.85) tab.freeze()
  else if (roll < 0.9) world.locks.steal(`solotab:${LIST_NAME}:leader`)
  else tab.watch()
}

test.each(SEEDS)('whatever happens, all lists come to say what is so: seed %i', async (seed) => {
  const world = createTabWorld({ seed, shuffle: true })
  for (let steps = 0; steps < STEPS; steps++) {
    stepAtRandom(world)
    await world.loop.advance(Math.floor(world.random() * 4))
    for (const tab of world.tabs) if (tab.frozen && world.random() < 0.3 && !tab.gone) tab.thaw()
  }
  for (const tab of world.tabs) if (!tab.gone) tab.thaw()
  await world.loop.settle()
  const living = world.tabs.filter((tab) => !tab.gone)
  for (const tab of living) tab.watch()
  await world.loop.settle()
  const truth = living
    .map(
      (tab) => `${tab.id} ${tab.leads() ? 'leader' : 'follower'} ${tab.isVisible() ? 'visible' : 'hidden'}`,
    )
    .sort((one, other) => (one < other ? -1 : 1))
  for (const tab of living) expect(tab.sees().map((each) => each.replace('*', ''))).toEqual(truth)
})
