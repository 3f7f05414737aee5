import { ApiError } from '../errors.ts'
import type { ServerState } from '../server-state.ts'
import type { Session } from '../session.ts'
import type { Grant } from '../session-start.ts'
import type { User } from '../user.ts'
import { decideV1, type RefreshTokenRow } from './decide-v1.ts'
import { decideV2 } from './decide-v2.ts'
import { isTokenV1, V1_LENGTH } from './token-v1.ts'
import { encodeTokenV2, hasValidSignature, parseTokenV2 } from './token-v2.ts'

/** How a refresh ended. `reuse`: the presented token had been consumed before. */
export type RefreshResult =
  | {
      readonly kind: 'granted'
      readonly outcome: 'rotated' | 'answered-again'
      readonly reuse: boolean
      readonly grant: Grant
    }
  | {
      readonly kind: 'refused'
      readonly error: ApiError
      readonly reuse: boolean
      readonly sessionId: string | null
    }

/** A presented token that belongs to a session which exists. */
type Found =
  | {
      readonly kind: 'v1'
      readonly session: Session
      readonly row: RefreshTokenRow
      readonly rows: RefreshTokenRow[]
    }
  | {
      readonly kind: 'v2'
      readonly session: Session
      readonly counter: number
      readonly refresh: Session['refresh'] & { kind: 'v2' }
    }

/** What a decision did to the tables: a token to answer with, or an error to answer. */
type Applied =
  | { readonly token: string; readonly outcome: 'rotated' | 'answered-again'; readonly reuse: boolean }
  | ApiError

/**
 * Performs the refresh token grant (RFC 6749 section 6): validation, pre-checks, then the transaction.
 * Synchronous: when it returns, the outcome is committed, whether or not its answer will arrive.
 * @see internal/tokens/service.go of supabase/auth v2.196
 */
export function refreshGrant(state: ServerState, presented: string): RefreshResult {
  if (!isWellFormed(presented)) {
    return refused(new ApiError(400, 'validation_failed', 'Refresh token is not valid'), null)
  }
  const found = find(state, presented)
  const user = found && state.store.users.get(found.session.userId)
  if (!found || !user) return refused(badRequest('refresh_token_not_found', 'Refresh Token Not Found'), null)
  const { session } = found
  if (user.isBanned) return refused(badRequest('user_banned', 'User Banned'), session.id)
  const applied = found.kind === 'v1' ? applyV1(state, found) : applyV2(state, found)
  if (applied instanceof ApiError)
    return refused(applied, session.id, applied.code === 'refresh_token_already_used')
  return succeed(state, user, session, applied)
}

function isWellFormed(presented: string): boolean {
  return presented.length === V1_LENGTH ? isTokenV1(presented) : parseTokenV2(presented) !== null
}

function find(state: ServerState, presented: string): Found | null {
  if (presented.length === V1_LENGTH) {
    const row = state.store.findTokenRow(presented)
    if (row === null) return null
    const session = state.store.sessions.get(row.sessionId)
    if (session?.refresh.kind !== 'v1') return null
    return { kind: 'v1', session, row, rows: session.refresh.rows }
  }
  const token = parseTokenV2(presented)
  if (token === null) return null
  const session = state.store.sessions.get(token.sessionId)
  if (session?.refresh.kind !== 'v2' || !hasValidSignature(token, session.refresh.hmacKey)) return null
  return { kind: 'v2', session, counter: token.counter, refresh: session.refresh }
}

function applyV1(state: ServerState, { session, row, rows }: Found & { kind: 'v1' }): Applied {
  const nowMs = state.nowMs()
  const reuseIntervalMs = state.options.reuseIntervalSeconds * 1000
  const decision = decideV1({
    presented: row,
    rows,
    nowMs,
    reuseIntervalMs,
    parentRule: state.options.parentRule,
  })
  switch (decision.kind) {
    case 'rotate': {
      row.revoked = true
      row.updatedAtMs = nowMs
      const child = state.store.addTokenRow(session.id, rows, row.token, nowMs)
      return { token: child.token, outcome: 'rotated', reuse: decision.reuse }
    }
    case 'answer-again':
      return { token: decision.token, outcome: 'answered-again', reuse: true }
    case 'refuse':
      for (const other of rows.filter((each) => !each.revoked)) {
        other.revoked = true
        other.updatedAtMs = nowMs
      }
      return alreadyUsed()
  }
}

function applyV2(state: ServerState, { session, counter, refresh }: Found & { kind: 'v2' }): Applied {
  const decision = decideV2({
    sessionCounter: refresh.counter,
    tokenCounter: counter,
    lastRefreshedAtMs: session.refreshedAtMs ?? session.createdAtMs,
    nowMs: state.nowMs(),
    reuseIntervalMs: state.options.reuseIntervalSeconds * 1000,
    parentRule: state.options.parentRule,
  })
  switch (decision.kind) {
    case 'rotate':
      refresh.counter += 1
      return {
        token: encodeTokenV2(session.id, refresh.counter, refresh.hmacKey),
        outcome: 'rotated',
        reuse: false,
      }
    case 'answer-again':
      return {
        token: encodeTokenV2(session.id, refresh.counter, refresh.hmacKey),
        outcome: 'answered-again',
        reuse: true,
      }
    case 'refuse':
      state.store.deleteSession(session)
      return alreadyUsed()
    case 'not-issued-here':
      return badRequest('validation_failed', 'Not Issued By This Server')
  }
}

function succeed(
  state: ServerState,
  user: User,
  session: Session,
  applied: Exclude<Applied, ApiError>,
): RefreshResult {
  session.refreshedAtMs = state.nowMs()
  const { token, outcome, reuse } = applied
  return { kind: 'granted', outcome, reuse, grant: { user, session, refreshToken: token } }
}

function refused(error: ApiError, sessionId: string | null, reuse = false): RefreshResult {
  return { kind: 'refused', error, sessionId, reuse }
}

function alreadyUsed(): ApiError {
  return badRequest('refresh_token_already_used', 'Already Used')
}

function badRequest(code: string, reason: string): ApiError {
  return new ApiError(400, code, `Invalid Refresh Token: ${reason}`)
}
