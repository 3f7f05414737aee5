import { encodeTokenV2 } from './refresh/token-v2.ts'
import type { ServerState } from './server-state.ts'
import type { Session } from './session.ts'
import type { Factor } from './user.ts'

/**
 * Raises a session to aal2 and rotates its refresh token. @returns The new refresh token.
 *
 * A v2 counter rises by two, so that the allowance for a lost answer cannot turn a refresh token of before into an aal2
 * session. v1 has no such guard: the parent of the active token still refreshes.
 */
export function raiseAssurance(state: ServerState, session: Session, factor: Factor): string {
  const nowMs = state.nowMs()
  session.methods.set('totp', nowMs)
  session.factorId = factor.id
  const { refresh } = session
  if (refresh.kind === 'v2') {
    refresh.counter += 2
    return encodeTokenV2(session.id, refresh.counter, refresh.hmacKey)
  }
  const current = refresh.rows.find((row) => !row.revoked)
  if (current) {
    current.revoked = true
    current.updatedAtMs = nowMs
  }
  return state.store.addTokenRow(session.id, refresh.rows, current?.token ?? null, nowMs).token
}
