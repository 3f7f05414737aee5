import type { DropReason } from './message.ts'
import type { EndReason } from './record.ts'

/**
 * Why a grant was started. `schedule`: the token comes near its expiry. `demand`: someone here needs a longer
 * valid one. `forced`: `refresh()`. `asked`: another tab asked. `online`: the network came back.
 */
export type GrantCause = 'schedule' | 'demand' | 'forced' | 'asked' | 'online'

/**
 * How a grant ended. `rotated`: the server answered with new tokens. `adopted`: another tab had them already.
 * `deferred`: the shared budget allows no attempt yet. `failed`: it will be tried again. `refused`: the server's
 * final word. `superseded`: the answer came after a sign-out, a sign-in or a take-over and was dropped.
 */
export type GrantOutcome = 'rotated' | 'adopted' | 'deferred' | 'failed' | 'refused' | 'superseded'

/** What a coordinator tells of itself, for logs and devtools. No event carries a token, in whole or in part. */
export type Diagnostic = {
  /** Milliseconds since the epoch. */
  readonly atMs: number
  /** The id of this tab; a new one at each page load. */
  readonly tab: string
} & DiagnosticBody

export type DiagnosticBody =
  | { readonly type: 'leadership'; readonly role: 'leader' | 'follower' }
  | { readonly type: 'grant-started'; readonly generation: number; readonly cause: GrantCause }
  /** `tookOver`: the mark of a grant that another tab did not finish was found; its answer is taken as lost. */
  | { readonly type: 'grant-sent'; readonly generation: number; readonly tookOver: boolean }
  | {
      readonly type: 'grant-ended'
      readonly generation: number
      readonly outcome: GrantOutcome
      readonly durationMs: number
      /** The error code of a failed or refused grant. */
      readonly code: string | null
    }
  | { readonly type: 'adopted'; readonly generation: number; readonly via: 'message' | 'record' }
  | { readonly type: 'session-ended'; readonly generation: number; readonly reason: EndReason }
  | { readonly type: 'message-dropped'; readonly reason: DropReason }
  /** The record could not be stored; this page keeps it in memory until it can. */
  | { readonly type: 'storage-failed'; readonly code: string }
  | { readonly type: 'storage-restored' }
