import {
  CLOCK_TOLERANCE_MS,
  type HeldSession,
  presented,
  type Session,
  type SessionChanges,
} from './session.ts'

/** Why there is no session. `no-session`: nobody has signed in since the record was made. */
export type EndReason =
  | 'no-session'
  | 'signed-out'
  | 'signed-out-elsewhere'
  | 'expired'
  | 'revoked'
  | 'user-banned'
  | 'storage-cleared'

/** The write-ahead mark of a grant in flight. */
export interface Intent {
  readonly id: string
  /** The request must not be sent after this: the page was frozen in between, and others may have gone on. */
  readonly sendByMs: number
  /** After this the server has surely finished, and anybody may take over. */
  readonly deadlineMs: number
}

/** Grants fail at present. All tabs share one budget of attempts. Times are milliseconds since the epoch. */
export interface Failure {
  /** When the first of these failures was. */
  readonly sinceMs: number
  /** Failed attempts of all tabs since then. */
  readonly attempts: number
  readonly lastAttemptMs: number
  /** When the next attempt is due; an explicit `refresh()` may come earlier. */
  readonly nextAttemptMs: number
  /** No attempt of any kind before this, since the server said so; or 0. */
  readonly notBeforeMs: number
  /** What failed last: an error code or HTTP status, never a token. */
  readonly code: string
}

/** The record of one coordinator name, shared by all tabs and changed only in one transaction. */
export interface SessionRecord<S extends Session = Session> {
  readonly v: 1
  readonly generation: number
  /** The only place, beside a grant in flight, where the refresh token is. */
  readonly session: HeldSession<S> | null
  readonly endReason: EndReason
  readonly intent: Intent | null
  readonly failure: Failure | null
}

/** What a tab may know of the record: everything but the refresh token. */
export interface View<S extends Session = Session> {
  readonly generation: number
  readonly session: HeldSession<S> | null
  readonly endReason: EndReason
  readonly failure: Failure | null
  /** False while the newest record exists in this page's memory only. */
  readonly durable: boolean
}

export const emptyRecord = <S extends Session>(): SessionRecord<S> => ({
  v: 1,
  generation: 0,
  session: null,
  endReason: 'no-session',
  intent: null,
  failure: null,
})

/** Seals the record: the refresh token is replaced by the handle, unless the app asked for plain tokens. */
export const viewOf = <S extends Session>(
  { generation, session, endReason, failure }: SessionRecord<S>,
  durable: boolean,
  plain: boolean,
): View<S> => ({ generation, session: session && presented(session, plain), endReason, failure, durable })

/** What one who wants to make a grant brings along. */
export interface ClaimRequest {
  readonly id: string
  /** The rotation that the asker has; tokens newer than that are what it wants. */
  readonly rotation: number
  /** The highest generation that the asker has heard of. */
  readonly generation: number
  /** Was that generation in the shared store? */
  readonly durable: boolean
  /** May it go by this page's memory if the shared store fails? */
  readonly serves: boolean
  /** Somebody asked for it now: attempts need not wait for the backoff, but still for the server's word. */
  readonly eager: boolean
  /** The id of an intent whose owner is known to be gone. */
  readonly orphan: string | null
  readonly nowMs: number
  readonly sendByMs: number
  readonly deadlineMs: number
}

export type Claim<S extends Session = Session> =
  | {
      readonly kind: 'claimed'
      readonly record: SessionRecord<S>
      readonly tokens: S
      readonly failure: Failure | null
      /** Another grant's intent was found, whose answer is lost. */
      readonly tookOver: boolean
    }
  | { readonly kind: 'settled'; readonly record: SessionRecord<S> }
  | { readonly kind: 'busy'; readonly record: SessionRecord<S>; readonly intent: Intent }
  /** The refresh token is not here: it was in the memory of a tab that is gone. */
  | { readonly kind: 'unavailable'; readonly record: SessionRecord<S> }

/** Even an eager attempt waits this long after the last one, whoever made it. */
export const EAGER_GAP_MS = 1000

/**
 * Step 2 of a grant: adopt what is newer, wait for who is at work, or write the intent.
 * @param stored Whether the record is the shared one, and not one that this page has in memory.
 */
export const claim = <S extends Session>(
  record: SessionRecord<S>,
  request: ClaimRequest,
  stored: boolean,
): Claim<S> => {
  const { nowMs } = request
  const { session, intent, failure } = record
  if (!session) {
    if (record.generation >= request.generation) return { kind: 'settled', record }
    if (!stored || !request.durable || record.generation > 0) return { kind: 'unavailable', record }
    // An empty store where there was a session: the user has cleared this site's data.
    const generation = request.generation + 1
    return { kind: 'settled', record: { ...record, generation, endReason: 'storage-cleared' } }
  }
  if (session.rotation > request.rotation) return { kind: 'settled', record }
  if (intent && intent.id !== request.orphan && intent.deadlineMs > nowMs) {
    return { kind: 'busy', record, intent }
  }
  // What this page last saw may have been used since, or be about to be used by another tab.
  if (!stored && (!request.serves || session.rotation < request.rotation))
    return { kind: 'unavailable', record }
  if (failure && nowMs < earliestAttemptMs(failure, request.eager, nowMs)) return { kind: 'settled', record }
  const { id, sendByMs, deadlineMs } = request
  return {
    kind: 'claimed',
    // A generation that only a closed tab had in memory is passed, never reused.
    record: {
      ...record,
      generation: Math.max(record.generation, request.generation),
      intent: { id, sendByMs, deadlineMs },
    },
    tokens: session.tokens,
    failure,
    tookOver: intent !== null,
  }
}

/** When the shared budget allows the next attempt; at once if the clock was put back since the last. */
export const earliestAttemptMs = (
  { lastAttemptMs, nextAttemptMs, notBeforeMs }: Failure,
  eager: boolean,
  nowMs: number,
): number =>
  lastAttemptMs > nowMs + CLOCK_TOLERANCE_MS
    ? nowMs
    : Math.max(notBeforeMs, eager ? lastAttemptMs + EAGER_GAP_MS : nextAttemptMs)

const next = <S extends Session>(
  record: SessionRecord<S>,
  changes: Partial<SessionRecord<S>>,
): SessionRecord<S> => ({ ...record, ...changes, generation: record.generation + 1 })

/**
 * Step 4 of a grant. A record whose intent is no longer ours is returned as it is: a sign-out, another
 * sign-in or a take-over came in between, and it wins.
 */
export const whileMine =
  <S extends Session>(id: string, change: (record: SessionRecord<S>) => SessionRecord<S>) =>
  (record: SessionRecord<S>): SessionRecord<S> =>
    record.intent?.id === id ? change(record) : record

/**
 * Replaces the session by what the server answered. Members that were changed while the request was out stay.
 * @param sentGeneration The generation whose refresh token was sent.
 */
export const rotate = <S extends Session>(
  record: SessionRecord<S>,
  answer: S,
  sentGeneration: number,
  grantedAtMs: number,
  lifetimeMs: number,
): SessionRecord<S> => {
  const { session, generation } = record
  const tokens = session && generation > sentGeneration ? withMembers(answer, session.tokens) : answer
  return signInto(record, tokens, session?.handle ?? '', grantedAtMs, lifetimeMs)
}

const withMembers = <S extends Session>(tokens: S, members: SessionChanges<S>): S => {
  const { access_token, refresh_token } = tokens
  return { ...tokens, ...members, access_token, refresh_token }
}

/** Ends the session; any grant in flight loses its intent. */
export const end = <S extends Session>(record: SessionRecord<S>, endReason: EndReason): SessionRecord<S> =>
  next(record, { session: null, endReason, intent: null, failure: null })

/** A sign-in replaces whatever there was; any grant in flight loses its intent. */
export const signInto = <S extends Session>(
  record: SessionRecord<S>,
  tokens: S,
  handle: string,
  grantedAtMs: number,
  lifetimeMs: number,
): SessionRecord<S> => {
  const rotation = record.generation + 1
  const session = { tokens, handle, grantedAtMs, lifetimeMs, rotation }
  return next(record, { session, endReason: 'no-session', intent: null, failure: null })
}

/**
 * Changes members that are not tokens; a grant in flight keeps its intent. Older tokens than those which the tab
 * knows stay as they are: another tab has the newer ones in its memory, and must not lose them to a change.
 */
export const amend = <S extends Session>(
  record: SessionRecord<S>,
  known: Pick<HeldSession, 'handle' | 'rotation'>,
  changes: SessionChanges<S>,
): SessionRecord<S> => {
  const { session } = record
  if (session?.handle !== known.handle || session.rotation < known.rotation) return record
  return next(record, { session: { ...session, tokens: withMembers(session.tokens, changes) } })
}
