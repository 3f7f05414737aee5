import { PaneGrid } from '../panes/pane-grid.tsx'
import type { Side } from '../protocol/side.ts'
import { Timeline } from '../timeline/timeline.tsx'
import { VerdictLine } from '../verdicts/verdict-line.tsx'
import { Counters } from './counters.tsx'
import type { Lab } from './lab.ts'
import { useBench, useLab } from './use-lab.ts'

const TITLES: Readonly<Record<Side, readonly [string, string]>> = {
  stock: ['supabase-js alone', 'as its documentation says'],
  solotab: ['supabase-js with Solotab', 'one line changed'],
}

/** Said where the app is none of the usual kind. */
const UNUSUAL: Readonly<Record<Side, string>> = {
  stock: 'in an app that keeps its session in sessionStorage',
  solotab: 'in the same app',
}

/** One half of the lab. */
export function SideView({ lab, side }: { lab: Lab; side: Side }) {
  const bench = lab.benches[side]
  const { phase, runs, shownTabs, shownStorage } = useLab(lab)
  const state = useBench(bench)
  const [title, subtitle] = TITLES[side]
  const real = state.panes.filter(({ isRealTab }) => isRealTab).map(({ pane }) => pane)
  return (
    <section className="side" data-side={side} aria-labelledby={`${side}-title`}>
      <header className="side-header">
        <h2 className="side-title" id={`${side}-title`}>
          {title}
        </h2>
        <p className="side-subtitle soft">{subtitle}</p>
        {shownStorage === 'session' && <p className="side-app">{UNUSUAL[side]}</p>}
      </header>
      <VerdictLine phase={phase} run={runs[side]} />
      <Counters state={state} />
      <PaneGrid side={side} state={state} tabs={shownTabs} hasRun={phase === 'running' || phase === 'done'} />
      <Timeline bench={bench} tabs={shownTabs} others={real} />
    </section>
  )
}
