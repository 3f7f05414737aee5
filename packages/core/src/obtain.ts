import { SessionError } from './errors.ts'
import type { EventBody } from './events.ts'
import type { HeldSession, Session } from './session.ts'
import { isActive, isBusy, isLive, type Live, type State } from './state.ts'

/** Resolves with the first state that `found` accepts. */
type Until<S extends Session> = <T extends State<S>>(found: (state: State<S>) => state is T) => Promise<T>

/**
 * Asks for newer tokens until there is a session that will do.
 * @throws {SessionError} `session_missing`, `refresh_failed`, `lifetime_too_short`, `closed`.
 */
export const obtain = async <S extends Session>(
  until: Until<S>,
  dispatch: (event: EventBody<S>) => void,
  cause: 'demand' | 'forced',
  willDo: (session: HeldSession<S>) => boolean,
): Promise<S> => {
  let known: Live<S> = await until(isLive)
  let asked = Number.POSITIVE_INFINITY
  let rotations = 0
  for (;;) {
    if (!isActive(known)) throw sessionMissing()
    const { session, failure } = known.view
    if (willDo(session)) return session.tokens
    // New tokens may have been old when they came: the page slept. Then it is worth another try.
    if (session.rotation > asked && rotations++ > 0) {
      throw new SessionError('lifetime_too_short')
    }
    if (failure && session.rotation === asked) {
      throw new SessionError('refresh_failed', undefined, failure)
    }
    asked = session.rotation
    dispatch({ type: 'tokens-wanted', cause })
    known = await until(isSettled)
  }
}

export const sessionMissing = () => new SessionError('session_missing')

const isSettled = <S extends Session>(state: State<S>): state is Live<S> => isLive(state) && !isBusy(state)
