import type { AuthFetch } from '@solotab/core/fetch'
import type { SessionEvents } from '@solotab/react'

/** What the components of this page have done so far. */
export interface Seen {
  /** How often each component has rendered. */
  readonly renders: Record<string, number>
  /** What `Whole` has committed, one after the other. */
  readonly shown: string[]
  readonly events: { readonly type: keyof SessionEvents; readonly reason: string | null }[]
  readonly idle: string[]
  authFetch: AuthFetch | null
}

export const seen: Seen = { renders: {}, shown: [], events: [], idle: [], authFetch: null }

export const count = (component: string): void => {
  seen.renders[component] = (seen.renders[component] ?? 0) + 1
}
