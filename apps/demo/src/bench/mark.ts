import type { PaneNote } from '../protocol/messages.ts'
import type { Grant } from '../server/grant.ts'

/** What stands on the timeline. */
export type MarkKind =
  | Grant['outcome']
  | Exclude<PaneNote['kind'], 'answered'>
  | 'opened'
  | 'closed'
  | 'frozen'
  | 'thawed'
  | 'offline'
  | 'online'
  | 'time-passed'

export interface Mark {
  /** Rises with every mark of a side. */
  readonly id: number
  /** Milliseconds since the run began. */
  readonly atMs: number
  readonly kind: MarkKind
  /** Null: of all panes. */
  readonly pane: string | null
  readonly text: string
}
