import type { Side } from './side.ts'

/** What the lab stages on one side, for all its panes alike. */
export interface Staged {
  /** How far the clocks of the panes are put ahead, in milliseconds; the server's is put ahead with them. */
  readonly aheadMs: number
  /** Requests fail as without a network. */
  readonly isOffline: boolean
  /** Where this side's server is; null: under the page's own address. */
  readonly url: string | null
  /** Where supabase-js keeps the session: both are in its documentation. */
  readonly storage: 'local' | 'session'
}

export const NOTHING_STAGED: Staged = { aheadMs: 0, isOffline: false, url: null, storage: 'local' }

const keyOf = (side: Side) => `solotab-lab:${side}`

/** A pane reads it before anything else runs in it, and again when it is told to. */
export function readStaged(side: Side, items: Pick<Storage, 'getItem'> = localStorage): Staged {
  try {
    return { ...NOTHING_STAGED, ...JSON.parse(items.getItem(keyOf(side)) ?? '{}') }
  } catch {
    return NOTHING_STAGED
  }
}

export function writeStaged(side: Side, staged: Staged): void {
  localStorage.setItem(keyOf(side), JSON.stringify(staged))
}
