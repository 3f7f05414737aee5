import type { Side } from './side.ts'

/** What a pane tells of itself. Never a token. */
export interface PaneReport {
  /** Such as `stock-3`: the name by which the server's list of grants knows the pane, too. */
  readonly pane: string
  /** Tells a frame from an earlier one of the same name. */
  readonly load: string
  readonly side: Side
  /** A tab of the browser, and no frame of the lab. */
  readonly isRealTab: boolean
  readonly status: 'loading' | 'signed-in' | 'signed-out'
  /** Signed out: why, where the client tells. */
  readonly reason: string | null
  readonly email: string | null
  /** Null with supabase-js alone, which has none. */
  readonly role: 'leader' | 'follower' | null
  readonly generation: number | null
  /** When the access token was issued, by the pane's clock. */
  readonly issuedAtMs: number | null
  /** Refreshing fails at present; supabase-js alone does not tell. */
  readonly isFailing: boolean
  readonly isFrozen: boolean
}

/** What a pane can be told to do. Only `thaw` reaches a frozen one at once, the rest waits for it. */
export type Command =
  | { readonly do: 'sign-in'; readonly email: string; readonly password: string }
  | { readonly do: 'sign-out' }
  /** Writes a row. */
  | { readonly do: 'write' }
  /** Loads the rows, as any app does all day. */
  | { readonly do: 'load' }
  /** `supabase.auth.refreshSession()`. */
  | { readonly do: 'refresh' }
  | { readonly do: 'freeze' }
  | { readonly do: 'thaw' }
  /** Reads what is staged anew: the clock, the network. */
  | { readonly do: 'restage' }

/** What a pane notes. `answered`: a refresh was. */
export interface PaneNote {
  readonly kind: 'message' | 'leader' | 'signed-in' | 'signed-out' | 'answered'
  readonly text: string
  /** Of `answered`: the HTTP status of a refresh. */
  readonly httpStatus?: number
}

export type FromPane =
  | { readonly type: 'report'; readonly report: PaneReport }
  | { readonly type: 'note'; readonly pane: string; readonly side: Side; readonly note: PaneNote }
  /** A command was carried out; null: without an error. */
  | { readonly type: 'done'; readonly id: string; readonly pane: string; readonly error: string | null }
  | { readonly type: 'gone'; readonly pane: string; readonly load: string; readonly side: Side }

export type FromLab =
  | { readonly type: 'roll-call' }
  | {
      readonly type: 'command'
      readonly id: string
      readonly panes: readonly string[]
      readonly command: Command
    }
