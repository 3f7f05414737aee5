import { randomBytes, randomUUID } from 'node:crypto'
import { encodeTokenV2 } from './refresh/token-v2.ts'
import type { ServerState } from './server-state.ts'
import type { AuthenticationMethod, RefreshState, Session } from './session.ts'
import type { User } from './user.ts'

/** A session with the refresh token that was just issued for it. */
export interface Grant {
  readonly user: User
  readonly session: Session
  readonly refreshToken: string
}

/** Signs a user in: a new session with its first refresh token, of the algorithm that is set now. */
export function startSession(state: ServerState, user: User, method: AuthenticationMethod): Grant {
  const nowMs = state.nowMs()
  const refresh: RefreshState =
    state.options.algorithm === 'v1'
      ? { kind: 'v1', rows: [] }
      : { kind: 'v2', counter: 0, hmacKey: randomBytes(32) }
  const session: Session = {
    id: randomUUID(),
    userId: user.id,
    createdAtMs: nowMs,
    refreshedAtMs: null,
    factorId: null,
    methods: new Map([[method, nowMs]]),
    refresh,
  }
  state.store.sessions.set(session.id, session)
  user.lastSignInAtMs = nowMs
  const refreshToken =
    refresh.kind === 'v1'
      ? state.store.addTokenRow(session.id, refresh.rows, null, nowMs).token
      : encodeTokenV2(session.id, refresh.counter, refresh.hmacKey)
  return { user, session, refreshToken }
}
