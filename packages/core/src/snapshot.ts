import type { EndReason, Failure } from './record.ts'
import type { Session } from './session.ts'
import { isLive, type State } from './state.ts'

interface Shared {
  readonly role: 'leader' | 'follower'
  /** The number of the session's state; it rises with every change, in all tabs alike. */
  readonly generation: number
}

/**
 * What a tab knows, for rendering. The same object is returned until something in it changes.
 * The reason of a signed-out snapshot tells the user what happened; see {@link EndReason}.
 */
export type Snapshot<S extends Session = Session> =
  | ({ readonly status: 'loading' } & Shared)
  | ({
      readonly status: 'signed-in'
      readonly session: S
      /** Set while refreshing fails. The session is kept, also when its access token expires meanwhile. */
      readonly refreshFailing: Failure | null
    } & Shared)
  | ({ readonly status: 'signed-out'; readonly reason: EndReason } & Shared)

const build = <S extends Session>(state: State<S>): Snapshot<S> => {
  if (state.kind === 'suspended') return build(state.before)
  const role = state.tab.leads ? 'leader' : 'follower'
  if (!isLive(state)) return { status: 'loading', role, generation: 0 }
  const { generation, session, failure, endReason } = state.view
  return session
    ? { status: 'signed-in', role, generation, session: session.tokens, refreshFailing: failure }
    : { status: 'signed-out', role, generation, reason: endReason }
}

/** The snapshot of a state; `previous` itself if nothing in it changed. */
export const snapshotOf = <S extends Session>(state: State<S>, previous: Snapshot<S> | null): Snapshot<S> => {
  const next = build(state)
  const same =
    previous?.status === next.status &&
    Object.entries(next).every(([key, value]) => previous[key as never] === value)
  return same ? previous : next
}
