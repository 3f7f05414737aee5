import type { EndReason, Failure, Intent, SessionRecord } from '../record.ts'

/** The record without its secrets, and without what the provider has put into the session. */
export interface RecordSummary {
  readonly generation: number
  /** Null when nobody is signed in. */
  readonly session: SessionSummary | null
  /** Why nobody is signed in; null when somebody is. */
  readonly endReason: EndReason | null
  /** The mark of a grant in flight, or of one whose tab is gone. Times are milliseconds since the epoch. */
  readonly intent: Intent | null
  /** Set while grants fail. */
  readonly failure: Failure | null
}

export interface SessionSummary {
  /** The beginning of the handle: enough to tell two sign-ins apart. */
  readonly handle: string
  /** When the request for the tokens was sent, in milliseconds since the epoch, by this browser's clock. */
  readonly grantedAtMs: number
  readonly lifetimeMs: number
  readonly expiresAtMs: number
  /** The generation in which the tokens came. */
  readonly rotation: number
}

const HANDLE_SHOWN = 'solotab-'.length + 4

/** Leaves out every token, and all but the beginning of the handle. */
export const summaryOf = ({
  generation,
  session,
  endReason,
  intent,
  failure,
}: SessionRecord): RecordSummary => ({
  generation,
  session: session && {
    handle: `${session.handle.slice(0, HANDLE_SHOWN)}…`,
    grantedAtMs: session.grantedAtMs,
    lifetimeMs: session.lifetimeMs,
    expiresAtMs: session.grantedAtMs + session.lifetimeMs,
    rotation: session.rotation,
  },
  endReason: session ? null : endReason,
  intent,
  failure,
})
