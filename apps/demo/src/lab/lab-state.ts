import { DEFAULT_KNOBS, type Knobs } from '../knobs/knobs.ts'
import type { Side } from '../protocol/side.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { User } from '../scenarios/users.ts'
import type { Verdict } from '../verdicts/verdict.ts'

/** What a side says of the run. */
export interface SideRun {
  /** What happens now. */
  readonly saying: string
  /** Null until it has ended. */
  readonly verdict: Verdict | null
}

/** Everything that the lab shows, but for what is on the benches. */
export interface LabState {
  /**
   * `elsewhere`: the lab is open in another tab, which has the servers. `opening`: tabs are opened and signed in.
   * `ready`: nothing runs. `done`: a run has ended.
   */
  readonly phase: 'elsewhere' | 'opening' | 'ready' | 'running' | 'done'
  readonly scenario: Scenario
  /** Panes per side where a scenario does not say how many. */
  readonly tabs: number
  /** Panes per side of what is shown now. */
  readonly shownTabs: number
  readonly knobs: Knobs
  /** Null: with a real project, until somebody has said who. */
  readonly user: User | null
  readonly runs: Readonly<Record<Side, SideRun>>
  /** Why there is no run. */
  readonly problem: string | null
}

export const NO_RUN: SideRun = { saying: '', verdict: null }
export const DEFAULT_TABS = 6

export function initialState(scenario: Scenario, user: User | null, shownTabs: number): LabState {
  return {
    phase: 'opening',
    scenario,
    tabs: DEFAULT_TABS,
    shownTabs,
    knobs: DEFAULT_KNOBS,
    user,
    runs: { stock: NO_RUN, solotab: NO_RUN },
    problem: null,
  }
}
