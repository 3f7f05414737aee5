import type { Failure, View } from '../record.ts'
import type { HeldSession } from '../session.ts'
import type { State, Tab } from '../state.ts'

/** The time of all events in tests of the machine. */
export const NOW_MS = 1_700_000_000_000

export const follower: Tab = { leads: false, visible: true }
export const leader: Tab = { leads: true, visible: true }

/** An hour's tokens, granted a minute ago in generation `rotation`. */
export const heldOf = (rotation: number, changes: Partial<HeldSession> = {}): HeldSession => ({
  tokens: { access_token: `access ${rotation}`, refresh_token: 'handle', expires_in: 3600 },
  handle: 'handle',
  grantedAtMs: NOW_MS - 60_000,
  lifetimeMs: 3_599_000,
  rotation,
  ...changes,
})

/** A failure whose next attempt is due. */
export const failureOf = (changes: Partial<Failure> = {}): Failure => ({
  sinceMs: NOW_MS - 60_000,
  attempts: 3,
  lastAttemptMs: NOW_MS - 5000,
  nextAttemptMs: NOW_MS,
  notBeforeMs: 0,
  code: 'TypeError',
  ...changes,
})

type SignedInView = View & { readonly session: HeldSession }

/** The session in its generation `generation`, in which its tokens came. */
export const viewIn = (generation: number, changes: Partial<SignedInView> = {}): SignedInView => ({
  generation,
  session: heldOf(generation),
  endReason: 'no-session',
  failure: null,
  durable: true,
  ...changes,
})

export const endedIn = (generation: number, changes: Partial<View> = {}): View & { session: null } => ({
  generation,
  endReason: 'signed-out',
  failure: null,
  durable: true,
  ...changes,
  session: null,
})

/** One state of each kind: a visible follower in generation 5 that wants to be woken now. */
export const stateOf = {
  idle: { kind: 'idle', tab: follower, wakeAtMs: null },
  closed: { kind: 'closed', tab: follower, wakeAtMs: null },
  loading: { kind: 'loading', tab: follower, wakeAtMs: NOW_MS },
  'signed-out': { kind: 'signed-out', tab: follower, wakeAtMs: null, view: endedIn(5), keeps: false },
  ready: { kind: 'ready', tab: follower, wakeAtMs: NOW_MS, view: viewIn(5), keeps: false },
  failing: {
    kind: 'failing',
    tab: follower,
    wakeAtMs: NOW_MS,
    view: { ...viewIn(5), failure: failureOf() },
    keeps: false,
  },
  asking: { kind: 'asking', cause: 'demand', tab: follower, wakeAtMs: NOW_MS, view: viewIn(5), keeps: false },
  granting: {
    kind: 'granting',
    cause: 'demand',
    tab: follower,
    wakeAtMs: null,
    view: viewIn(5),
    keeps: false,
  },
  suspended: {
    kind: 'suspended',
    tab: follower,
    wakeAtMs: null,
    before: { kind: 'ready', tab: follower, wakeAtMs: NOW_MS, view: viewIn(5), keeps: false },
  },
} satisfies { [K in State['kind']]: State & { kind: K } }
