import type { Driver } from '../bench/driver.ts'
import type { Outcome, Verdict } from '../verdicts/verdict.ts'

/** Something that happens in the world, and what each side makes of it. */
export interface Scenario {
  /** For the address: `?scenario=stale-tab`. */
  readonly id: string
  readonly title: string
  /** What happens, in one sentence; in what kind of app, if not in any. */
  readonly sentence: string
  /** How many panes it needs; null: as many as there are to be. */
  readonly tabs: number | null
  /** How many it opens itself. */
  readonly opens?: number
  /** Each pane has a session of its own in `sessionStorage`. Default: they share one in `localStorage`. */
  readonly storage?: 'session'
  /** Why it cannot be run with a real project; null: it can. */
  readonly notHosted: string | null
  /** Runs on both sides at once, in the same way. */
  play(driver: Driver): Promise<void>
  /** What it came to on one side. */
  verdict(outcome: Outcome): Verdict
}

/** The panes per side that a run ends up with, where so many are set. */
export function tabsOf({ tabs, opens = 0 }: Pick<Scenario, 'tabs' | 'opens'>, set: number): number {
  return (tabs ?? set) + opens
}
