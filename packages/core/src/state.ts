import type { GrantCause } from './diagnostics.ts'
import type { Failure, View } from './record.ts'
import { followerRefreshAtMs, leaderRefreshAtMs } from './schedule.ts'
import { CLOCK_TOLERANCE_MS, type HeldSession, type Session } from './session.ts'

/** What holds for a tab whatever the session does. */
export interface Tab {
  readonly leads: boolean
  readonly visible: boolean
}

interface Waits {
  readonly tab: Tab
  /** When the machine wants a `woke` event; the coordinator keeps one timer for it. */
  readonly wakeAtMs: number | null
}

interface Knows<V> extends Waits {
  /** The newest state of the session that this tab has heard of. */
  readonly view: V
  /** True if that state is in this page's memory and not in the shared store. */
  readonly keeps: boolean
}

type SignedIn<S extends Session> = View<S> & { readonly session: HeldSession<S> }

/** One tab's state. Each kind has its own fields only. */
export type State<S extends Session = Session> =
  | ({ readonly kind: 'idle' | 'closed' | 'loading' } & Waits)
  | ({ readonly kind: 'signed-out' } & Knows<View<S> & { readonly session: null }>)
  /** Signed in, and nothing to do before `wakeAtMs`. */
  | ({ readonly kind: 'ready' } & Knows<SignedIn<S>>)
  /** The last grant failed; the next attempt is at `wakeAtMs`, or when somebody asks for it. */
  | ({ readonly kind: 'failing' } & Knows<SignedIn<S> & { readonly failure: Failure }>)
  /** A follower waits for the leader. */
  | ({ readonly kind: 'asking'; readonly cause: GrantCause } & Knows<SignedIn<S>>)
  /** This tab makes the grant, or waits for the tab whose grant is in flight. */
  | ({ readonly kind: 'granting'; readonly cause: GrantCause } & Knows<SignedIn<S>>)
  /** The page is unloaded or in the back-forward cache: no lock, no channel, nothing sent. */
  | ({ readonly kind: 'suspended'; readonly before: State<S> } & Waits)

/** A state in which the tab knows the record. */
export type Live<S extends Session> = Extract<State<S>, { view: unknown }>
/** A state in which there is a session. */
export type Active<S extends Session> = Exclude<Live<S>, { kind: 'signed-out' }>

/** A visible follower gives the leader this much more before it asks for the next attempt itself. */
const FOLLOWER_RETRY_LAG_MS = 2000

/** With tokens or a failure of unknown age. No less: clocks of two tabs may differ, and this be another's tokens. */
const UNKNOWN_AGE_WAIT_MS = 60 * 1000 // 1 minute

export const initialState: State<never> = {
  kind: 'idle',
  tab: { leads: false, visible: false },
  wakeAtMs: null,
}

/** Not started, or closed. */
export const isOff = <S extends Session>(state: State<S>): boolean =>
  state.kind === 'idle' || state.kind === 'closed'

export const isLive = <S extends Session>(state: State<S>): state is Live<S> => 'view' in state

export const isActive = <S extends Session>(state: State<S>): state is Active<S> =>
  isLive(state) && state.kind !== 'signed-out'

/** Signed in, and newer tokens are on their way. */
export const isBusy = <S extends Session>(
  state: State<S>,
): state is Extract<State<S>, { kind: 'asking' | 'granting' }> => 'cause' in state

/** Sets the wake-up that fits the tab's role. A hidden follower sets none: it asks when it is needed. */
export const schedule = <S extends Session>(state: State<S>, random: number): State<S> => {
  if (state.kind !== 'ready' && state.kind !== 'failing') return state
  const { leads, visible } = state.tab
  let wakeAtMs = null
  if (leads || visible) {
    wakeAtMs =
      state.kind === 'failing'
        ? state.view.failure.nextAttemptMs + (leads ? 0 : FOLLOWER_RETRY_LAG_MS * (1 + random))
        : (leads ? leaderRefreshAtMs : followerRefreshAtMs)(state.view.session, random)
  }
  return { ...state, wakeAtMs }
}

/** How long the timer for the time `wakeAtMs` runs. */
export const waitMs = <S extends Session>(state: State<S>, wakeAtMs: number, nowMs: number): number => {
  const leftMs = Math.max(0, wakeAtMs - nowMs)
  // Other waits are short.
  let notedMs = Number.POSITIVE_INFINITY
  if (state.kind === 'ready') notedMs = state.view.session.grantedAtMs
  if (state.kind === 'failing') notedMs = state.view.failure.lastAttemptMs
  // The clock was put back since that was noted: the time to wake at may be days away.
  return notedMs > nowMs + CLOCK_TOLERANCE_MS ? Math.min(leftMs, UNKNOWN_AGE_WAIT_MS) : leftMs
}

/** The resting state that a view of the record calls for. */
export const settle = <S extends Session>(
  tab: Tab,
  view: View<S>,
  keeps: boolean,
  random: number,
): State<S> => {
  const kind = view.session ? (view.failure ? 'failing' : 'ready') : 'signed-out'
  return schedule({ kind, tab, view, keeps, wakeAtMs: null } as State<S>, random)
}
