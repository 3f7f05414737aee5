import fc from 'fast-check'
import { type Schedule, scheduleArbitrary } from './schedule.ts'
import { simulate } from './simulate.ts'

/** The smallest schedule that was found to break the same invariant as the schedule of `seed`; null if none does. */
export const shrink = async (
  seed: number,
  limitMs: number,
): Promise<{ readonly schedule: Schedule; readonly shrinks: number } | null> => {
  const idsOf = (violations: readonly string[]) => new Set(violations.map((text) => text.split(':')[0]))
  let wanted: Set<string | undefined> | null = null
  const holds = async (schedule: Schedule): Promise<boolean> => {
    const found = idsOf((await simulate(schedule)).violations)
    // A smaller schedule that breaks something else is another bug.
    wanted ??= found
    return ![...found].some((id) => wanted?.has(id))
  }
  const { counterexample, numShrinks } = await fc.check(fc.asyncProperty(scheduleArbitrary, holds), {
    seed,
    numRuns: 1,
    interruptAfterTimeLimit: limitMs,
  })
  return counterexample && { schedule: counterexample[0], shrinks: numShrinks }
}
