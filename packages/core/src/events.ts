import type { DiagnosticBody, GrantCause, GrantOutcome } from './diagnostics.ts'
import type { Message, MessageBody } from './message.ts'
import type { PageFact } from './ports.ts'
import type { Failure, View } from './record.ts'
import type { Session } from './session.ts'
import type { State } from './state.ts'

/** What happened to one tab. */
export type EventBody<S extends Session = Session> =
  | { readonly type: 'started'; readonly visible: boolean }
  | { readonly type: 'closed' }
  /** The timer for the state's `wakeAtMs` has gone off. */
  | { readonly type: 'woke' }
  /** `since` is what this tab knew when the read began, null while loading. */
  | {
      readonly type: 'record-read'
      readonly view: View<S>
      readonly since: View<S> | null
      /** A grant is in flight, or was when its tab went. */
      readonly claimed?: boolean
    }
  /** This tab signed in, signed out or amended the session. */
  | { readonly type: 'record-written'; readonly view: View<S> }
  /** `view` is null if the record could not be reached. */
  | {
      readonly type: 'grant-ended'
      readonly outcome: GrantOutcome
      readonly view: View<S> | null
      readonly failure: Failure | null
    }
  /** `plain`: this app sees real refresh tokens, which no message carries. */
  | { readonly type: 'message-received'; readonly message: Message<S>; readonly plain: boolean }
  | { readonly type: 'leadership-changed'; readonly leads: boolean }
  /** Somebody in this tab needs newer tokens than there are. */
  | { readonly type: 'tokens-wanted'; readonly cause: 'demand' | 'forced' }
  | { readonly type: 'page-changed'; readonly fact: PageFact }

/** Every event carries its time and a random number in [0, 1). */
export type Event<S extends Session = Session> = EventBody<S> & Moment

interface Moment {
  readonly nowMs: number
  readonly random: number
}

/** What the coordinator is to do. */
export type Effect<S extends Session = Session> =
  | { readonly type: 'join' | 'leave' | 'read-record' | 'cancel-grant' }
  /** What a message said is to be compared with the record, when the other tabs have heard it too. */
  | { readonly type: 'check-record' }
  | { readonly type: 'post'; readonly body: MessageBody<S> }
  /** Tokens newer than those of `view` are wanted. */
  | {
      readonly type: 'start-grant'
      readonly cause: GrantCause
      readonly view: View<S>
      /** May it go by this page's memory if the shared store fails? */
      readonly serves: boolean
    }
  /** Another tab's memory holds something newer than this page's. */
  | { readonly type: 'heed'; readonly view: View<S> }
  | { readonly type: 'report'; readonly event: DiagnosticBody }

/** The machine's answer to an event: the next state, and what to do. */
export type Step<S extends Session = Session> = readonly [State<S>, readonly Effect<S>[]]

/** One kind of event. */
export type EventOf<S extends Session, T extends EventBody['type']> = Extract<EventBody<S>, { type: T }> &
  Moment
