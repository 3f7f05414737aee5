import { KnobPanel } from '../knobs/knob-panel.tsx'
import { SIDES } from '../protocol/side.ts'
import { ScenarioList } from '../scenarios/scenario-list.tsx'
import { Legend } from '../timeline/legend.tsx'
import { Hero } from './hero.tsx'
import type { Lab } from './lab.ts'
import { SideView } from './side-view.tsx'
import { Staging } from './staging.tsx'
import { useLab } from './use-lab.ts'

/** The lab: the problem in a sentence, and both sides of it. */
export function App({ lab }: { lab: Lab }) {
  const { scenario } = useLab(lab)
  const choose = (chosen: typeof scenario) => {
    history.replaceState(null, '', `?scenario=${chosen.id}`)
    lab.choose(chosen).catch(reportError)
    // Where the page is narrow, what happens is far above the list.
    document.querySelector('.verdict')?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div className="lab">
      <header className="top">
        <p className="brand">Solotab lab</p>
        <nav className="top-links" aria-label="Other pages">
          <a href="./notes.html">Real use: a notes app</a>
        </nav>
      </header>
      <main className="page">
        <Hero lab={lab} />
        <ScenarioList isHosted={lab.isHosted} chosen={scenario} onChoose={choose} />
        <div className="sides">
          {SIDES.map((side) => (
            <SideView key={side} lab={lab} side={side} />
          ))}
          <Legend />
        </div>
        <KnobPanel lab={lab} />
        <Staging isHosted={lab.isHosted} />
      </main>
    </div>
  )
}
