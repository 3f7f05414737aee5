import type { PaneReport } from '../protocol/messages.ts'
import type { Grant } from '../server/grant.ts'

/** What the server and the panes of one side say at the end of a run. */
export interface Outcome {
  /** The panes that are open at the end. */
  readonly panes: readonly PaneReport[]
  /** The refreshes that have reached the server during the run. */
  readonly grants: readonly Grant[]
  /** The panes that were signed in at a moment that a scenario has marked. */
  readonly signedInMeanwhile: number | null
  /** The panes whose last attempt to load data failed, or came back empty. */
  readonly withoutData: number
}

/** `good`: as people expect it. `costly`: nobody was harmed, but more was asked of the server than need be. */
export interface Verdict {
  readonly tone: 'good' | 'costly' | 'bad'
  readonly text: string
}

export const TONE_WORDS: Readonly<Record<Verdict['tone'], string>> = {
  good: 'Holds',
  costly: 'Costly',
  bad: 'Breaks',
}
