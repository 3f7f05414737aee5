import type { LockList } from '../adapters/lock-list.ts'
import type { Clock, Locks, Page, Transport } from '../ports.ts'

/** What a tab list needs of the world. */
export interface TabPorts {
  readonly clock: Clock
  /** Null where the browser has no Web Locks, as on plain http. */
  readonly locks: (Locks & LockList) | null
  readonly page: Page
  openTransport(onMessage: (raw: unknown) => void): Transport
}
