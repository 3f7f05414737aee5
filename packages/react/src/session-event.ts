import type { Session } from '@solotab/core'
import type { RegisteredSession } from './register.ts'
import type { SessionState } from './session-state.ts'

type SignedIn<S extends Session> = Extract<SessionState<S>, { status: 'signed-in' }>
type SignedOut<S extends Session> = Extract<SessionState<S>, { status: 'signed-out' }>

/** The events of a session, by type, each with the state that it led to. */
export interface SessionEvents<S extends Session = RegisteredSession> {
  /** Somebody has signed in, here or in another tab; also while another user was signed in. */
  readonly 'signed-in': SignedIn<S>
  /** The session has ended; `reason` says why: `signed-out-elsewhere`, `expired`, `revoked`, … */
  readonly 'signed-out': SignedOut<S>
  /** There are new tokens. */
  readonly rotated: SignedIn<S>
  /** Refreshing has begun to fail; the session is kept, and `refreshFailing` tells the rest. */
  readonly 'refresh-failed': SignedIn<S>
  /** Refreshing works again. */
  readonly 'refresh-recovered': SignedIn<S>
}

const idOf = (session: Session): unknown => (session as { user?: { id?: unknown } }).user?.id

/** A handle stays as long as its sign-in. A plain refresh token tells nothing. */
const isSameSignIn = (before: Session, after: Session): boolean =>
  before.refresh_token === after.refresh_token ||
  (!after.refresh_token.startsWith('solotab-') && idOf(before) === idOf(after))

/** Is what lies between these two states an event of this type? What is found at the start is none. */
export const happened = (
  type: keyof SessionEvents,
  before: SessionState<Session>,
  after: SessionState<Session>,
): boolean => {
  const was = before.status === 'signed-in' && before
  const is = after.status === 'signed-in' && after
  if (!was || !is || !isSameSignIn(was.session, is.session)) {
    return type === (is ? 'signed-in' : was && 'signed-out')
  }
  if (type === 'rotated') return was.session.access_token !== is.session.access_token
  return (
    !was.refreshFailing !== !is.refreshFailing &&
    type === (is.refreshFailing ? 'refresh-failed' : 'refresh-recovered')
  )
}
