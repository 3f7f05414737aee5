import type { Coordinator, Session } from '@solotab/core'
import type { InitialSession, SessionState } from './session-state.ts'
import { share } from './share.ts'

/** What a provider gives its hooks. */
export interface Store<S extends Session = Session> {
  readonly coordinator: Coordinator<S>
  /** Where the access token may be sent, beside the page's own origin. */
  readonly origins: readonly string[]
  getState(): SessionState<S>
  /** What the server has rendered, and hydration begins with. */
  getServerState(): SessionState<S>
}

/** A snapshot, as far as it matters here. */
type Bare = Record<string, unknown> & { readonly session?: { readonly user?: unknown } }

/** What is known before the coordinator has read the stored session. */
const initialOf = (session: object | null | undefined): Bare => {
  if (session === undefined) return { status: 'loading' }
  return session
    ? { status: 'signed-in', session: { ...session, refresh_token: '' } as object, refreshFailing: null }
    : { status: 'signed-out', reason: 'no-session' }
}

export const createStore = <S extends Session>(
  coordinator: Coordinator<S>,
  initial: InitialSession<S> | undefined,
  origins: readonly string[],
): Store<S> => {
  const refresh = () => coordinator.refresh()
  const signOut = () => coordinator.signOut()
  const stateOf = (snapshot: Bare) =>
    ({
      ...snapshot,
      ...(snapshot.session && { user: snapshot.session.user }),
      refresh,
      signOut,
    }) as unknown as SessionState<S>
  const serverState = stateOf({ role: 'follower', generation: 0, ...initialOf(initial) })
  let known: unknown
  let state = serverState
  return {
    coordinator,
    origins,
    getState() {
      const snapshot = coordinator.getSnapshot()
      // An initial session holds until the stored one has been read.
      if (snapshot !== known && (snapshot.status !== 'loading' || initial === undefined)) {
        known = snapshot
        state = share(state, stateOf(snapshot as unknown as Bare))
      }
      return state
    },
    getServerState: () => serverState,
  }
}
