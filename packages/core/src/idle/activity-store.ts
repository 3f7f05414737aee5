import type { Clock, RecordStore } from '../ports.ts'
import { type LastActivity, laterOf, parseLastActivity } from './last-activity.ts'

/** A store that never answers must not keep a user active. */
const WAIT_MS = 1000

/** Where a tab that is opened, reloaded or woken finds the last activity of the others. */
export const createActivityStore = (store: RecordStore, clock: Clock) => ({
  /** What is stored of this session's activity; null if there is nothing, or the store does not answer. */
  read: (session: string): Promise<number | null> =>
    new Promise((resolve) => {
      const cancel = clock.setTimer(WAIT_MS, () => resolve(null))
      const read = (raw: unknown): void => {
        cancel()
        const stored = parseLastActivity(raw)
        resolve(stored?.session === session ? stored.atMs : null)
      }
      store.read().then(read, () => read(null))
    }),
  /** Stores it, unless a later one is stored. */
  write(activity: LastActivity): void {
    const decide = (raw: unknown) => ({ result: null, write: laterOf(raw, activity, clock.nowMs()) })
    // What cannot be stored is known to the tabs that are open.
    store.transact(decide).catch(() => {})
  },
})
