import type { LockEntry } from '../adapters/lock-list.ts'
import type { Presence } from './tab.ts'

/** How the locks of one coordinator name begin. */
export const prefixOf = (name: string): string => `solotab:${name}:`

/** The lock whose holder leads. */
export const leaderLock = (name: string): string => `${prefixOf(name)}leader`

/**
 * The lock that a tab holds as long as it is there. `take` counts a page's takings, so that the name is a new one each
 * time, and nobody ever waits to hold it.
 */
export const tabLock = (name: string, id: string, visible: boolean, take: number): string =>
  `${prefixOf(name)}tab:${id}:${visible ? 'visible' : 'hidden'}:${take}`

interface Held {
  readonly id: string
  readonly visible: boolean
  readonly take: number
  readonly client: string
  readonly lock: string
}

const TAB_LOCK = /^tab:([^:]+):(visible|hidden):(\d+)$/

/** The tabs that hold their lock. Who holds one in shared mode is a frozen page that waited for that tab to go. */
const heldTabs = (name: string, locks: readonly LockEntry[]): Held[] =>
  locks.flatMap(({ name: lock, mode, held, client }) => {
    const [, id, visibility, take] = TAB_LOCK.exec(lock.slice(prefixOf(name).length)) ?? []
    if (!id || !held || mode === 'shared') return []
    return [{ id, visible: visibility === 'visible', take: Number(take), client, lock }]
  })

/** The id of the tab that each page of the list is, by the page's client id. */
export const tabOfClient = (name: string, locks: readonly LockEntry[]): ReadonlyMap<string, string> =>
  new Map(heldTabs(name, locks).map(({ client, id }) => [client, id]))

export interface Others {
  readonly tabs: readonly Presence[]
  /** The locks that become free when one of them goes or changes. */
  readonly locks: readonly string[]
}

/** The other tabs, as the list of locks has them. */
export const othersIn = (name: string, selfId: string, locks: readonly LockEntry[]): Others => {
  const leader = locks.find((lock) => lock.name === leaderLock(name) && lock.held)?.client
  // A tab that changes takes the new lock before it lets the old one go: the newest taking says how it is now.
  const newest = new Map<string, Held>()
  for (const held of heldTabs(name, locks)) {
    if (held.id !== selfId && held.take > (newest.get(held.id)?.take ?? -1)) newest.set(held.id, held)
  }
  const tabs = [...newest.values()].map(
    ({ id, visible, client }): Presence => ({ id, visible, role: client === leader ? 'leader' : 'follower' }),
  )
  return { tabs, locks: [...newest.values()].map(({ lock }) => lock) }
}
