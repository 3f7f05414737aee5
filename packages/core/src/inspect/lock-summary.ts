import type { LockEntry } from '../adapters/lock-list.ts'
import { prefixOf, tabOfClient } from '../tabs/tab-lock.ts'

/** One of a coordinator's Web Locks, and who has it. */
export interface LockSummary {
  /** Without what all locks of the coordinator begin with: `leader`, `grant:…`, `tab:…`. */
  readonly name: string
  /** The tab that holds it or waits for it; null if that tab is in no tab list. */
  readonly tab: string | null
  readonly state: 'held' | 'waiting'
  readonly mode: 'exclusive' | 'shared'
}

/** What the list of locks says of the coordinator's own, in a stable order: each lock with its holder first. */
export const summariesOf = (name: string, entries: readonly LockEntry[]): LockSummary[] => {
  const tabs = tabOfClient(name, entries)
  return entries
    .map(
      (entry): LockSummary => ({
        name: entry.name.slice(prefixOf(name).length),
        tab: tabs.get(entry.client) ?? null,
        state: entry.held ? 'held' : 'waiting',
        mode: entry.mode,
      }),
    )
    .sort((one, other) => (one.name === other.name ? 0 : one.name < other.name ? -1 : 1))
}
