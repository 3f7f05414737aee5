import type { EndReason, Failure, Session } from '@solotab/core'
import type { RegisteredSession } from './register.ts'

/** The user of a session whose type has one. */
export type UserOf<S extends Session> = S extends { user: infer User } ? User : unknown

interface Shared<S extends Session> {
  /** Does this tab schedule the refreshes, or does another one? */
  readonly role: 'leader' | 'follower'
  /** The number of the session's state; it rises with every change, in all tabs alike. */
  readonly generation: number
  /**
   * Forces a rotation and resolves with the new session. The same function always.
   * @throws {SessionError} `session_missing`, `refresh_failed`.
   */
  readonly refresh: () => Promise<S>
  /** Ends the session in all tabs. Harmless when signed out. The same function always. */
  readonly signOut: () => Promise<void>
}

interface LoadingState<S extends Session> extends Shared<S> {
  readonly status: 'loading'
}

interface SignedInState<S extends Session> extends Shared<S> {
  readonly status: 'signed-in'
  readonly session: S
  /** `session.user`: the same object until something in it changes, whatever a rotation brings. */
  readonly user: UserOf<S>
  /** Set while refreshing fails. The session is kept, also when its access token expires meanwhile. */
  readonly refreshFailing: Failure | null
}

interface SignedOutState<S extends Session> extends Shared<S> {
  readonly status: 'signed-out'
  /** Why there is no session, to be told to the user. */
  readonly reason: EndReason
}

/** What `useSession()` returns, told apart by `status`. The same object until something in it changes. */
export type SessionState<S extends Session = RegisteredSession> =
  | LoadingState<S>
  | SignedInState<S>
  | SignedOutState<S>

/** The session that a server has rendered with, without its refresh token; null if there was none. */
export type InitialSession<S extends Session = RegisteredSession> = Omit<S, 'refresh_token'> | null
