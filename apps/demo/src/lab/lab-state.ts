import { DEFAULT_KNOBS, type Knobs } from '../knobs/knobs.ts'
import type { Side } from '../protocol/side.ts'
import { type Scenario, tabsOf } from '../scenarios/scenario.ts'
import type { Asked } from '../scenarios/scenarios.ts'
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
   * `elsewhere`: the lab is open in another tab, which has the servers. `no-user`: with a real project, nobody has
   * said yet who signs in. `opening`: tabs are opened and signed in; `starting`: so they are, for a run. `ready`:
   * nothing runs. `done`: a run has ended.
   */
  readonly phase: 'elsewhere' | 'no-user' | 'opening' | 'starting' | 'ready' | 'running' | 'done'
  readonly scenario: Scenario
  /** Panes per side where a scenario does not say how many. */
  readonly tabs: number
  /** Panes per side of what is shown now. */
  readonly shownTabs: number
  /** Where the app in these panes keeps its session. */
  readonly shownStorage: 'local' | 'session'
  readonly knobs: Knobs
  /** Null: with a real project, until somebody has said who. */
  readonly user: User | null
  readonly runs: Readonly<Record<Side, SideRun>>
  /** Why there is no run. */
  readonly problem: string | null
  /** The scenario that the address asks for and that there is none of. */
  readonly unknown: string | null
}

export const NO_RUN: SideRun = { saying: '', verdict: null }
const DEFAULT_TABS = 6

/** What a page that has just been opened shows: the places of the panes are there before the panes are. */
export function initialState(asked: Asked, user: User | null, runsAtOnce: boolean): LabState {
  const { scenario } = asked
  return {
    phase: user === null ? 'no-user' : runsAtOnce ? 'starting' : 'opening',
    scenario,
    tabs: DEFAULT_TABS,
    shownTabs: runsAtOnce ? tabsOf(scenario, DEFAULT_TABS) : DEFAULT_TABS,
    shownStorage: (runsAtOnce && scenario.storage) || 'local',
    knobs: DEFAULT_KNOBS,
    user,
    runs: { stock: NO_RUN, solotab: NO_RUN },
    problem: null,
    unknown: asked.unknown,
  }
}
