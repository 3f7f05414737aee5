import type { Locks } from '../ports.ts'

/** Web Locks, or null on plain http and in old browsers. */
export const browserLocks = (): Locks | null => {
  const locks = typeof navigator === 'undefined' ? null : navigator.locks
  if (!locks) return null
  return {
    hold: (name, signal, body) => locks.request(name, { signal }, body),
    async released(name, signal) {
      // Shared, so that those who wait for the same holder do not wait for each other.
      await locks.request(name, { mode: 'shared', signal }, () => {})
    },
  }
}
