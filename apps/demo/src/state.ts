import type { GrantEntry } from '@solotab/auth-server'
import { type Place, ringOf, tabName } from './place.ts'
import type { Expiry } from './server/herd.ts'
import { noSession, type TabSession } from './session/tab-session.ts'
import type { PresentTab } from './tabs/presence.ts'

/** A sentence for the person at the screen. */
export interface Sentence {
  readonly tone: 'info' | 'good' | 'bad'
  readonly text: string
}

/** What stands at the top of the page: a sentence, or that this tab was signed out, whose reason may come to light later. */
type Banner = ({ readonly kind: 'said' } & Sentence) | { readonly kind: 'signed-out' }

/** An auth event, or what the coordinator tells of itself. */
export interface HeardEvent {
  readonly atMs: number
  readonly source: 'auth' | 'solotab'
  readonly text: string
}

/** One step of the stale-tab experiment. */
export interface Step {
  readonly tone: 'info' | 'good' | 'bad' | 'running'
  readonly text: string
}

/** Everything that a page shows. */
export interface AppState {
  readonly session: TabSession
  /** There was a session in this tab since its page was loaded. */
  readonly wasSignedIn: boolean
  /** What this tab's last action on its session came to, for supabase-js alone: it gives no reason. */
  readonly lastError: string | null
  readonly asleep: boolean
  readonly tab: number
  /** This tab in the server's list, such as `stock-2`. */
  readonly name: string
  readonly ring: string
  /** The tabs of this ring that are open, this one included. */
  readonly tabs: readonly PresentTab[]
  /** This ring's grants, the oldest first. */
  readonly grants: readonly GrantEntry[]
  readonly feed: 'connecting' | 'live' | 'lost'
  /** The last time that somebody pressed "Expire now". */
  readonly expiry: Expiry | null
  /** The newest first. */
  readonly events: readonly HeardEvent[]
  readonly banner: Banner
  readonly steps: readonly Step[]
  /** An action runs: the buttons wait. */
  readonly busy: boolean
}

export function initialState(place: Place): AppState {
  const tab = place.tab ?? 1
  const text = place.asleep
    ? 'This tab sleeps, like one that the browser has discarded: it has a copy of the session, and no client runs.'
    : 'Sign in, open more tabs, and expire the access token.'
  return {
    session: noSession,
    wasSignedIn: false,
    lastError: null,
    asleep: place.asleep,
    tab,
    name: tabName(place, tab),
    ring: ringOf(place),
    tabs: [],
    grants: [],
    feed: 'connecting',
    expiry: null,
    events: [],
    banner: { kind: 'said', tone: 'info', text },
    steps: [],
    busy: false,
  }
}
