import type { GrantOutcome } from './diagnostics.ts'
import { GrantRefused, GrantUnavailable, nameOf, SessionError } from './errors.ts'
import type { Clock, Locks, Random } from './ports.ts'
import { type Claim, claim, end, type Failure, type Intent, rotate, type View, whileMine } from './record.ts'
import { nextFailure } from './schedule.ts'
import { dataOf, lifetimeOf, type Session } from './session.ts'
import type { SessionStore, Stored } from './session-store.ts'
import { isOfAnother } from './subject.ts'

/** Performs the provider's refresh token grant (RFC 6749 section 6). */
export type Refresh<S extends Session> = (
  refreshToken: string,
  options: { readonly signal: AbortSignal },
) => Promise<S>

/** What a grant works with; the same for all grants of a coordinator. */
export interface GrantTools<S extends Session> {
  readonly name: string
  readonly clock: Clock
  readonly random: Random
  readonly locks: Locks | null
  readonly store: SessionStore<S>
  readonly refresh: Refresh<S>
  readonly requestTimeoutMs: number
}

export interface GrantRequest<S extends Session> {
  /** What the tab knows; newer tokens than these are wanted. */
  readonly known: View<S>
  /** May it go by this page's memory if the shared store fails? */
  readonly serves: boolean
  readonly eager: boolean
  /** Cancels the grant while it waits. Once the request is out, only {@link PAGE_LEFT} does. */
  readonly signal: AbortSignal
  readonly onSent: (tookOver: boolean) => void
}

export interface GrantEnd<S extends Session> {
  readonly outcome: GrantOutcome
  /** Null if the record could not be reached. */
  readonly stored: Stored<S> | null
  /** What the record could not be told. */
  readonly failure: Failure | null
  /** The error code of a failed or refused grant. */
  readonly code?: string
}

/** The reason with which a signal aborts a request that is out: the page goes, and its answer with it. */
export const PAGE_LEFT = 'page-left'

/** From writing the intent to sending the request. Only a page that was frozen in between takes longer. */
const SEND_WITHIN_MS = 2000
/** From the request's time-out to the deadline: for the abort to reach the network. */
const DEADLINE_SLACK_MS = 1000
/** Without Web Locks nobody tells when another tab's grant is over. */
const POLL_MS = 500

/**
 * Makes one grant, or finds that another tab has made it: the five steps of the design. Rejects only when it
 * is cancelled.
 */
export const performGrant = async <S extends Session>(
  tools: GrantTools<S>,
  request: GrantRequest<S>,
): Promise<GrantEnd<S>> => {
  const { name, clock, random, locks } = tools
  const { signal } = request
  let orphan: string | null = null
  let waited: Wait = { id: '', leftMs: 0 }
  try {
    for (;;) {
      signal.throwIfAborted()
      const id = random.id()
      let running: ReturnType<typeof attemptGrant<S>> | null = null
      // A lock that is stolen ends nothing that has begun; and of a frozen page what has not begun must not.
      const attempt = () => (running ??= attemptGrant(tools, request, id, orphan))
      // The lock is this intent's own: nobody queues for it, and it is free as soon as this grant is over or
      // this page is gone. A frozen page cannot begin a request inside the callback.
      const ended: GrantEnd<S> | Intent | null = locks
        ? await locks.hold(lockOf(name, id), signal, attempt).catch((error) => {
            // A browser that blocks this site's data refuses locks as well: the grant goes without.
            if (error.name !== 'SecurityError') running ??= Promise.reject(error)
            return attempt()
          })
        : await attempt()
      if (ended && 'outcome' in ended) return ended
      if (ended) {
        waited = await overOrLonger(ended, waited, tools, signal)
        if (waited.leftMs <= 0) orphan = waited.id
      }
    }
  } catch (error) {
    signal.throwIfAborted()
    const code = codeOf(error)
    const failure = nextFailure(request.known.failure, code, null, clock.nowMs(), random.fraction())
    return { outcome: 'failed', stored: null, failure, code }
  }
}

const lockOf = (name: string, intentId: string): string => `solotab:${name}:grant:${intentId}`

/** Rejects when `signal` aborts. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })

/** How much longer the intent `id` is waited for; 0: its owner is gone, or has outlived the deadline. */
interface Wait {
  readonly id: string
  readonly leftMs: number
}

/**
 * Waits until the intent's grant is over or, without Web Locks, until it is time to look again. By the timer
 * rather than the wall clock: that may be put back, and the deadline with it be days away.
 */
const overOrLonger = async <S extends Session>(
  { id, sendByMs, deadlineMs }: Intent,
  waited: Wait,
  { name, locks, clock }: GrantTools<S>,
  signal: AbortSignal,
): Promise<Wait> => {
  signal.throwIfAborted()
  const wholeMs = deadlineMs - sendByMs + SEND_WITHIN_MS
  const leftMs = waited.id === id ? waited.leftMs : Math.min(deadlineMs - clock.nowMs(), wholeMs)
  const waitMs = locks ? leftMs : Math.min(leftMs, POLL_MS)
  const limit = new AbortController()
  const cancel = () => limit.abort()
  const cancelTimer = clock.setTimer(waitMs, cancel)
  signal.addEventListener('abort', cancel)
  try {
    await (locks ? locks.released(lockOf(name, id), limit.signal) : aborted(limit.signal))
    return { id, leftMs: 0 }
  } catch {
    signal.throwIfAborted()
    return { id, leftMs: leftMs - waitMs }
  } finally {
    cancelTimer()
    signal.removeEventListener('abort', cancel)
  }
}

/** Steps 2 to 4. Null: nothing was sent, since the page was frozen or the grant cancelled. */
const attemptGrant = async <S extends Session>(
  tools: GrantTools<S>,
  { known, serves, eager, signal, onSent }: GrantRequest<S>,
  id: string,
  orphan: string | null,
): Promise<GrantEnd<S> | Intent | null> => {
  const { clock, random, store, requestTimeoutMs } = tools
  const { generation, durable } = known
  const rotation = known.session?.rotation ?? generation
  const claims: Claim<S>[] = []
  let sendByMs = 0
  const stored = await store.transact((record, isStored) => {
    // Only now, since a slow store may have kept others for a while.
    const nowMs = clock.nowMs()
    sendByMs = nowMs + SEND_WITHIN_MS
    const deadlineMs = sendByMs + requestTimeoutMs + DEADLINE_SLACK_MS
    const wish = { id, rotation, generation, durable, serves, eager, orphan, nowMs, sendByMs, deadlineMs }
    const decided = claim(record, wish, isStored)
    claims.unshift(decided)
    return decided.record
  })
  const [claimed] = claims
  if (claimed?.kind === 'busy') return claimed.intent
  if (claimed?.kind === 'settled') {
    const { session } = claimed.record
    return {
      outcome: session && session.rotation <= rotation ? 'deferred' : 'adopted',
      stored,
      failure: null,
    }
  }
  if (claimed?.kind !== 'claimed') throw new GrantUnavailable('refresh_token_unavailable')
  const { tokens, failure, tookOver } = claimed
  const sentAtMs = clock.nowMs()
  if (sentAtMs > sendByMs || signal.aborted) {
    await store.transact(whileMine(id, (record) => ({ ...record, intent: null })))
    return null
  }
  onSent(tookOver)
  try {
    const answer = await send(tools, tokens, signal)
    const lifetimeMs = lifetimeOf(answer, clock.nowMs())
    let won = false
    const written = await store.transact((record) => {
      won = record.intent?.id === id
      return won ? rotate(record, answer, claimed.record.generation, sentAtMs, lifetimeMs) : record
    })
    return { outcome: won ? 'rotated' : 'superseded', stored: written, failure: null }
  } catch (error) {
    if (signal.reason === PAGE_LEFT) throw error
    // A server may echo what it was sent; a code is told to everybody.
    const code = String(codeOf(error)).replaceAll(tokens.refresh_token, '…').slice(0, 80)
    const retryAfterMs = error instanceof GrantUnavailable ? error.retryAfterMs : null
    const next = nextFailure(failure, code, retryAfterMs, clock.nowMs(), random.fraction())
    const final = error instanceof GrantRefused
    const written = await store.transact(
      whileMine(id, (record) =>
        final ? end(record, error.reason) : { ...record, intent: null, failure: next },
      ),
    )
    const { record } = written
    const told = final ? !record.session : record.failure === next
    const outcome = told ? (final ? 'refused' : 'failed') : 'superseded'
    return { outcome, stored: written, failure: null, code }
  }
}

/** Step 3: the request, with a time limit. */
const send = async <S extends Session>(
  { clock, refresh, requestTimeoutMs }: GrantTools<S>,
  tokens: S,
  signal: AbortSignal,
): Promise<S> => {
  const request = new AbortController()
  const cancelTimer = clock.setTimer(requestTimeoutMs, () => request.abort(new GrantUnavailable('timeout')))
  signal.addEventListener('abort', () => {
    if (signal.reason === PAGE_LEFT) request.abort(PAGE_LEFT)
  })
  try {
    const answer = await Promise.race([
      refresh(tokens.refresh_token, { signal: request.signal }),
      aborted(request.signal),
    ])
    if (isOfAnother(tokens.access_token, answer.access_token)) throw new GrantUnavailable('subject_changed')
    // A server that does not rotate answers without a refresh token: the old one stays (RFC 6749 section 6).
    return { ...dataOf(answer), refresh_token: answer.refresh_token ?? tokens.refresh_token }
  } finally {
    cancelTimer()
  }
}

const codeOf = (error: unknown): string =>
  error instanceof GrantRefused || error instanceof GrantUnavailable || error instanceof SessionError
    ? error.code
    : nameOf(error)
