import type { Event, EventOf, Step } from './events.ts'
import {
  adopt,
  announce,
  areSame,
  grant,
  post,
  READ_RECORD,
  report,
  serves,
  stay,
  want,
  wantIfAllowed,
} from './moves.ts'
import { earliestAttemptMs, emptyRecord, type View, viewOf } from './record.ts'
import type { Session } from './session.ts'
import { isActive, isLive, isOff, type State, schedule, settle } from './state.ts'

/** How long a tab without a store waits for another tab to say what it has. */
export const STATE_WAIT_MS = 300

/** Decides what one tab does on one event. No clock, no randomness, no input or output. */
export const transition = <S extends Session>(state: State<S>, event: Event<S>): Step<S> => {
  if (event.type === 'started') return onStarted(state, event)
  if (isOff(state)) return stay(state)
  switch (event.type) {
    case 'closed':
      return [{ kind: 'closed', tab: { ...state.tab, leads: false }, wakeAtMs: null }, [{ type: 'leave' }]]
    case 'page-changed':
      return onPageChanged(state, event)
    case 'woke':
      return onWoke(state, event)
    case 'record-read': {
      const [next, effects] = onRecordRead(state, event)
      // Whether that grant's tab is gone, and its answer with it, shows in waiting for it. The server answers
      // again best right now, so the leader sees to it, though nobody else waits.
      if (!event.claimed || next.kind !== 'ready' || !serves(next)) return [next, effects]
      const [granting, started] = grant(next, 'schedule')
      return [granting, [...effects, ...started]]
    }
    case 'record-written':
      return onRecordWritten(state, event)
    case 'grant-ended':
      return onGrantEnded(state, event)
    case 'message-received':
      return onMessage(state, event)
    case 'leadership-changed':
      return onLeadershipChanged(state, event)
    case 'tokens-wanted':
      return wantIfAllowed(state, event.cause, event.nowMs)
  }
}

const onStarted = <S extends Session>(state: State<S>, { visible }: EventOf<S, 'started'>): Step<S> =>
  isOff(state)
    ? // Listen first, then read, or what changes in between is lost.
      [{ kind: 'loading', tab: { leads: false, visible }, wakeAtMs: null }, [{ type: 'join' }, READ_RECORD]]
    : stay(state)

const onWoke = <S extends Session>(state: State<S>, { nowMs, random }: EventOf<S, 'woke'>): Step<S> => {
  // It comes of the one timer, so its time has come, though the clock may have been put back meanwhile.
  if (state.wakeAtMs === null) return stay(state)
  switch (state.kind) {
    case 'loading':
      // No store, and no other tab that has a session.
      return stay(settle(state.tab, viewOf<S>(emptyRecord(), false, false), false, random))
    case 'ready':
    case 'failing':
      return want(state, 'schedule', nowMs)
    case 'asking':
      // No answer yet. If a grant is in flight, the record tells whom to wait for.
      return grant(state, state.cause)
    default:
      return stay(state)
  }
}

const onRecordRead = <S extends Session>(state: State<S>, event: EventOf<S, 'record-read'>): Step<S> => {
  const { view, since, nowMs, random } = event
  if (state.kind === 'loading') {
    // Another tab may hold something newer that it could not store.
    const asks = post<S>({ type: 'state-wanted', generation: view.generation })
    if (view.durable || view.session) return [settle(state.tab, view, !view.durable, random), [asks]]
    return [{ ...state, wakeAtMs: nowMs + STATE_WAIT_MS }, [asks]]
  }
  if (!isLive(state)) return stay(state)
  const known = state.view
  const adopted = (read: View<S>): Step<S> => {
    const [next, told] = adopt(state, read, random, 'record')
    // Other tabs may not have heard of it: whoever should have told them is gone, or could not store it.
    return [next, state.tab.leads || state.keeps ? [...told, ...announce(next)] : told]
  }
  if (view.generation > known.generation) return adopted(view)
  // This page's own access fails: only messages tell it what there is.
  if (!view.durable && !state.keeps) {
    return [state, [post({ type: 'state-wanted', generation: known.generation })]]
  }
  // A generation may have been left and come again: once as a message said, and once for real.
  const stood = since?.generation === known.generation && areSame(since.session, known.session)
  if (!view.durable || !stood) return stay(state)
  if (!known.durable) return view.generation === known.generation ? adopted(view) : stay(state)
  // The record is the truth, messages are news of it. If nothing newer came since the read began and the
  // record still knows less, then the message was not true, or the record is gone.
  if (view.generation === 0 && known.session) {
    return adopted({ ...view, generation: known.generation, endReason: 'storage-cleared' })
  }
  const differs = view.generation < known.generation || !areSame(view.session, known.session)
  return differs && view.generation > 0 ? adopted(view) : stay(state)
}

const onRecordWritten = <S extends Session>(
  state: State<S>,
  { view, random }: EventOf<S, 'record-written'>,
): Step<S> => {
  if (state.kind === 'loading') {
    const next = settle(state.tab, view, !view.durable, random)
    return [next, announce(next)]
  }
  // A reading that was under way may have brought it first; the others have not heard of it all the same.
  if (!isLive(state) || view.generation < state.view.generation) return stay(state)
  const [next, told] = adopt(state, view, random, 'written')
  return [next, [...told, ...announce(next)]]
}

const onGrantEnded = <S extends Session>(
  state: State<S>,
  { outcome, view, failure, random }: EventOf<S, 'grant-ended'>,
): Step<S> => {
  if (!isLive(state)) return stay(state)
  const waited = state.kind === 'granting'
  const known = state.view
  if (!view || view.generation < known.generation) {
    const noted = { ...known, failure: failure ?? view?.failure ?? null }
    const next = waited ? settle(state.tab, noted, state.keeps, random) : state
    // Where there is no token for what this tab knows, it may know what is not true.
    return [next, view ? [] : [READ_RECORD]]
  }
  const changed = outcome === 'rotated' || outcome === 'refused'
  if (!waited && view.generation === known.generation) return [state, changed ? announce(state) : []]
  const [next, told] = adopt(state, view, random, 'grant')
  const news = changed || outcome === 'failed' || state.tab.leads
  return [next, news ? [...told, ...announce(next)] : told]
}

const onMessage = <S extends Session>(
  state: State<S>,
  { message, plain, nowMs, random }: EventOf<S, 'message-received'>,
): Step<S> => {
  switch (message.type) {
    case 'session':
      return onSessionMessage(state, message, plain, random)
    case 'state-wanted':
      if (!isLive(state)) return stay(state)
      // News that did not come: the page that made it was gone before it could tell.
      if (message.generation > state.view.generation) return [state, [READ_RECORD]]
      return (state.keeps || state.tab.leads) && message.generation < state.view.generation
        ? [state, announce(state)]
        : stay(state)
    case 'grant-wanted':
      return onGrantWanted(state, message.rotation, nowMs)
  }
}

/** A message of this type is a view, and more. */
const onSessionMessage = <S extends Session>(
  state: State<S>,
  view: View<S>,
  plain: boolean,
  random: number,
): Step<S> => {
  const { generation, session, failure, durable } = view
  if (state.kind === 'loading') {
    return durable ? [state, [READ_RECORD]] : stay(settle(state.tab, view, false, random))
  }
  if (!isLive(state)) return stay(state)
  const known = state.view
  const ahead = generation - known.generation
  if (ahead === 0) {
    // Two tabs have made one generation of different things, from a record that was lost or garbled: the record decides.
    if (durable && !(known.durable && areSame(session, known.session))) return [state, [READ_RECORD]]
    // Another tab's attempt has failed; generations count successes only.
    const isNews = failure && failure.lastAttemptMs > (known.failure?.lastAttemptMs ?? 0)
    return stay(
      isNews && isActive(state) && state.kind !== 'granting'
        ? settle(state.tab, { ...known, failure }, state.keeps, random)
        : state,
    )
  }
  if (!durable) {
    if (ahead < 0) return stay(state)
    const [next, told] = adopt(state, view, random, 'message')
    return [next, [...told, { type: 'heed', view }]]
  }
  // Only the next rotation is taken at its word, and checked; no message ends a session. The rest is read: what is
  // behind, too, since a record that was lost or garbled goes on from less.
  const follows = ahead === 1 && session && session.handle === known.session?.handle
  if (plain || !follows) return [state, [READ_RECORD]]
  const [next, told] = adopt(state, view, random, 'message')
  return [next, [...told, { type: 'check-record' }]]
}

const onGrantWanted = <S extends Session>(state: State<S>, rotation: number, nowMs: number): Step<S> => {
  if (!isLive(state)) return stay(state)
  if (!isActive(state)) {
    return state.tab.leads && state.view.generation > rotation ? [state, announce(state)] : stay(state)
  }
  if (!serves(state) || state.kind === 'granting') return stay(state)
  const { session, failure } = state.view
  const news = session.rotation > rotation || (failure && nowMs < earliestAttemptMs(failure, true, nowMs))
  return news ? [state, announce(state)] : grant(state, 'asked')
}

const onLeadershipChanged = <S extends Session>(
  state: State<S>,
  { leads, random }: EventOf<S, 'leadership-changed'>,
): Step<S> => {
  if (state.kind === 'suspended' || leads === state.tab.leads) return stay(state)
  const next = schedule({ ...state, tab: { ...state.tab, leads } }, random)
  const told = report<S>({ type: 'leadership', role: leads ? 'leader' : 'follower' })
  const [after, effects] = next.kind === 'asking' && serves(next) ? grant(next, next.cause) : stay(next)
  // The last leader may have gone without a word about what it stored.
  return [after, leads && isLive(after) ? [told, READ_RECORD, ...effects] : [told, ...effects]]
}

const onPageChanged = <S extends Session>(
  state: State<S>,
  { fact, nowMs, random }: EventOf<S, 'page-changed'>,
): Step<S> => {
  const { tab } = state
  if (state.kind === 'suspended') {
    const { before } = state
    if (fact === 'shown' || fact === 'hidden') {
      return stay({ ...state, tab: { ...tab, visible: fact === 'shown' } })
    }
    if (fact !== 'returned') return stay(state)
    const rested = isLive(before) ? settle(tab, before.view, before.keeps, random) : { ...before, tab }
    return [rested, [{ type: 'join' }, READ_RECORD]]
  }
  if (fact === 'left') {
    return [
      { kind: 'suspended', tab: { ...tab, leads: false }, wakeAtMs: null, before: state },
      [{ type: 'leave' }],
    ]
  }
  const visible = fact === 'shown' || (fact !== 'hidden' && tab.visible)
  const next = schedule({ ...state, tab: { ...tab, visible } }, random)
  // What only this page holds should not go with it.
  if (fact === 'hidden') return [next, isLive(next) && next.keeps ? [READ_RECORD] : []]
  const retries = fact === 'online' && next.kind === 'failing'
  const [after, effects] = retries ? wantIfAllowed(next, 'online', nowMs) : stay(next)
  return [after, [READ_RECORD, ...effects]]
}
