import type { PaneReport } from '../protocol/messages.ts'
import type { Grant } from '../server/grant.ts'

/** A frame that holds a pane. */
export interface Frame {
  readonly pane: string
  readonly src: string
  /** One of those that are only there to be many. */
  readonly isSmall: boolean
  /** Another one for each opening. */
  readonly load: string
}

/** What there is on one side at a moment. */
export interface BenchState {
  readonly frames: readonly Frame[]
  /** The panes that are open, frames and real tabs, in the order of their numbers. */
  readonly panes: readonly PaneReport[]
  /** The refreshes of this run. */
  readonly grants: readonly Grant[]
  /** Panes that were signed in during this run and are not any more. */
  readonly signedOut: number
}

export const EMPTY_BENCH: BenchState = { frames: [], panes: [], grants: [], signedOut: 0 }
