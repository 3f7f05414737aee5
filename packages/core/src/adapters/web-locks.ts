import type { Locks } from '../ports.ts'

/** Web Locks, or null on plain http and in old browsers. */
export const browserLocks = (): Locks | null => {
  const locks = globalThis.navigator?.locks
  if (!locks) return null
  return {
    async hold(name, signal, body) {
      // WebKit refuses a signal that is aborted already with an error of its own, not with the signal's reason.
      signal.throwIfAborted()
      return locks.request(name, { signal }, body)
    },
    async released(name, signal) {
      signal.throwIfAborted()
      // Shared, so that those who wait for the same holder do not wait for each other.
      await locks.request(name, { mode: 'shared', signal }, () => {})
    },
  }
}
