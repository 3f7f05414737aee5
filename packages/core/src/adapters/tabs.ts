import type { TabPorts } from '../tabs/ports.ts'
import { browserClock } from './clock.ts'
import { browserLockList } from './lock-list.ts'
import { browserPage } from './page-lifecycle.ts'
import { openTransport } from './transport.ts'
import { browserLocks } from './web-locks.ts'

/** Everything a tab list needs, from this browser. */
export const browserTabPorts = (name: string): TabPorts => {
  const locks = browserLocks()
  const lockList = browserLockList()
  return {
    clock: browserClock,
    locks: locks && lockList && { ...locks, ...lockList },
    page: browserPage,
    openTransport: (onMessage) => openTransport(`solotab:${name}:tabs`, onMessage),
  }
}
