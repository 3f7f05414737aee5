import type { DiagnosticBody, GrantCause } from './diagnostics.ts'
import type { Effect, Step } from './events.ts'
import type { MessageBody } from './message.ts'
import { earliestAttemptMs, type View } from './record.ts'
import type { HeldSession, Session } from './session.ts'
import { type Active, isBusy, isLive, type Live, type State, settle } from './state.ts'

// What the transitions of `machine.ts` are made of.

/** How long a follower leaves it to the leader, which may be frozen, before it looks into the record itself. */
export const ANSWER_WAIT_MS = 1000

export const stay = <S extends Session>(state: State<S>): Step<S> => [state, []]
export const post = <S extends Session>(body: MessageBody<S>): Effect<S> => ({ type: 'post', body })
export const report = <S extends Session>(event: DiagnosticBody): Effect<S> => ({ type: 'report', event })
export const READ_RECORD = { type: 'read-record' } as const

/** A rotation's number alone is not enough: a forged message can have taken it. */
export const areSame = (one: HeldSession | null, other: HeldSession | null): boolean =>
  one?.rotation === other?.rotation && one?.tokens.access_token === other?.tokens.access_token

/** Takes over a view that differs from what this tab knows. */
export const adopt = <S extends Session>(
  state: Live<S>,
  view: View<S>,
  random: number,
  via: 'message' | 'record' | 'written' | 'grant',
): Step<S> => {
  const { generation, session } = view
  const keeps = via !== 'message' && !view.durable
  const news = via === 'message' || via === 'record'
  const told: Effect<S>[] = news ? [report({ type: 'adopted', generation, via })] : []
  if (via !== 'grant' && isBusy(state)) {
    if (session?.rotation === state.view.session.rotation) {
      // Other members changed, the tokens did not: what goes on for them goes on.
      return [{ ...state, view: { ...view, session }, keeps }, told]
    }
    told.push({ type: 'cancel-grant' })
  }
  const elsewhere = news && state.view.session && view.endReason === 'signed-out'
  const endReason = elsewhere ? 'signed-out-elsewhere' : view.endReason
  if (state.view.session && !session) {
    told.push(report({ type: 'session-ended', generation, reason: endReason }))
  }
  // Nothing changed: the same object, or every subscriber would hear of it.
  const isHeld = generation === state.view.generation && areSame(session, state.view.session)
  const held = isHeld ? state.view.session : session
  return [settle(state.tab, { ...view, session: held, endReason }, keeps, random), told]
}

export const announce = <S extends Session>(state: State<S>): Effect<S>[] =>
  isLive(state) ? [post({ type: 'session', ...state.view })] : []

/** A leader makes grants for all, unless the newest token is in another tab's memory only. */
export const serves = <S extends Session>(state: Active<S>): boolean =>
  state.keeps || (state.tab.leads && state.view.durable)

export const grant = <S extends Session>(state: Active<S>, cause: GrantCause): Step<S> => [
  { ...state, kind: 'granting', cause, wakeAtMs: null },
  [{ type: 'start-grant', cause, view: state.view, serves: serves(state) }],
]

/** Newer tokens are wanted: the one who serves makes the grant, the others ask. */
export const want = <S extends Session>(state: Active<S>, cause: GrantCause, nowMs: number): Step<S> => {
  if (serves(state)) return grant(state, cause)
  return [
    { ...state, kind: 'asking', cause, wakeAtMs: nowMs + ANSWER_WAIT_MS },
    [post({ type: 'grant-wanted', rotation: state.view.session.rotation })],
  ]
}

/** An eager cause need not wait for the backoff, but for the gap between attempts and the server's word. */
export const isEager = (cause: GrantCause): boolean => cause !== 'schedule' && cause !== 'demand'

export const wantIfAllowed = <S extends Session>(
  state: State<S>,
  cause: GrantCause,
  nowMs: number,
): Step<S> => {
  const allowed =
    state.kind === 'ready' ||
    (state.kind === 'failing' && nowMs >= earliestAttemptMs(state.view.failure, isEager(cause), nowMs))
  return allowed ? want(state, cause, nowMs) : stay(state)
}
