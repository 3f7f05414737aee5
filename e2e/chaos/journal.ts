import type { Fact, FactBody } from './page/fact.ts'

/** What the harness does to a tab, or to all. */
export type Trouble =
  | 'closed'
  | 'crashed'
  | 'reloaded'
  | 'away'
  | 'frozen'
  | 'off line'
  | 'slow network'
  | 'slow processor'
  | 'outage'

/** A stretch of time in which something is wrong. `load` null: for all tabs. Without an end: for good, or still. */
export interface Spell {
  readonly trouble: Trouble
  readonly load: string | null
  readonly fromMs: number
  toMs: number
}

/** A sign-in of the harness; until it ends, every sign-out is to be accounted for. */
export interface SignIn {
  readonly fromMs: number
  readonly session: string
}

/** All that happened in one run, by one clock: the harness, the server and the pages are on one machine. */
export class Journal {
  readonly facts: Fact[] = []
  readonly spells: Spell[] = []
  readonly signIns: SignIn[] = []
  /** How often each action was done. */
  readonly actions: Record<string, number> = {}
  /** What the harness itself could not do, such as a tab that Chromium did not answer for. */
  readonly mishaps: string[] = []

  count(action: string): void {
    this.actions[action] = (this.actions[action] ?? 0) + 1
  }

  /** Begins a spell; the returned function ends it. */
  begin(trouble: Trouble, load: string | null): () => void {
    const spell = { trouble, load, fromMs: Date.now(), toMs: Number.POSITIVE_INFINITY }
    this.spells.push(spell)
    return () => {
      spell.toMs = Date.now()
    }
  }

  of<T extends FactBody['type']>(type: T): Extract<Fact, { type: T }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type)
  }
}
