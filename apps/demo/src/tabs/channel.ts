import type { Expiry } from '../server/herd.ts'
import type { TabSession } from '../session/tab-session.ts'

/** What the tabs of one ring tell each other: the demo's own talk, which no client reads. Never holds a token. */
type TabMessage =
  | ({ readonly type: 'here' } & TabCard)
  | { readonly type: 'who' }
  | { readonly type: 'bye'; readonly id: string }
  /** The access token was expired at the server: every tab loads a note now. */
  | { readonly type: 'expired'; readonly expiry: Expiry }
  /** To one sleeping tab. */
  | { readonly type: 'wake'; readonly tab: number }

/** One tab, as the others see it. */
export interface TabCard {
  readonly id: string
  readonly tab: number
  /** When its page was loaded: the older one keeps a number that two have. */
  readonly bornMs: number
  readonly status: TabSession['status'] | 'asleep'
  /** Signed out: why. */
  readonly reason: string | null
}

export interface TabChannel {
  post(message: TabMessage): void
  listen(listener: (message: TabMessage) => void): void
}

export function openTabChannel(ring: string): TabChannel {
  const channel = new BroadcastChannel(`solotab-demo:${ring}`)
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => channel.addEventListener('message', ({ data }) => listener(data)),
  }
}
