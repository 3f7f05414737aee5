import { afterEach, expect } from 'vitest'
import { createWorld, type FakeWorld, type WorldOptions } from './fake-world.ts'

/**
 * Makes worlds for the tests of one file. After each test, what no world may ever show (I1, I2, I3, I7) is
 * looked for in all of them.
 */
export const checkedWorlds = () => {
  let worlds: FakeWorld[] = []
  afterEach(() => {
    const made = worlds
    worlds = []
    for (const { seed, watch } of made) expect(watch.violations, `seed ${seed}`).toEqual([])
  })
  return (options?: WorldOptions): FakeWorld => {
    const world = createWorld(options)
    worlds.push(world)
    return world
  }
}
