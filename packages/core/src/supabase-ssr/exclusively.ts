import { browserClock } from '../adapters/clock.ts'
import { browserLocks } from '../adapters/web-locks.ts'

const PATIENCE_MS = 1000 // 1 second: far longer than the work takes

/**
 * Does the work while no other tab does the same, where there are Web Locks. A tab that is frozen while it holds the
 * lock keeps nobody waiting: the work is then done all the same.
 */
export const exclusively = async (name: string, work: () => Promise<void>): Promise<void> => {
  const locks = browserLocks()
  if (!locks) return work()
  const patience = new AbortController()
  const cancelTimer = browserClock.setTimer(PATIENCE_MS, () => patience.abort())
  let hasBegun = false
  try {
    await locks.hold(name, patience.signal, () => {
      hasBegun = true
      return work()
    })
  } catch (error) {
    if (hasBegun) throw error
    await work()
  } finally {
    cancelTimer()
  }
}
