import { expect, test } from 'vitest'
import { faultsIn, runChaos } from './testing/chaos.ts'

const SEEDS = Array.from({ length: 200 }, (_, n) => n + 1)

test.each(SEEDS)('I1-I5, I7, I10: whatever happens to the tabs (seed %i)', async (seed) => {
  const world = await runChaos(seed)
  expect(faultsIn(world)).toEqual([])
  await world.run(Promise.all(world.tabs.map((tab) => !tab.gone && tab.coordinator.close())))
  for (const tab of world.tabs) {
    const { listeners, ...left } = tab.leftovers()
    expect(left).toEqual({ timers: 0, tasks: 0, locks: 0, channels: 0, elections: 0 })
    if (!tab.gone) expect(listeners).toBe(0)
  }
})
