import type { Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'

interface Props {
  readonly isHosted: boolean
  readonly chosen: Scenario
  readonly onChoose: (scenario: Scenario) => void
}

/** A button for each scenario: it runs at once. */
export function ScenarioList({ isHosted, chosen, onChoose }: Props) {
  return (
    <section className="scenarios" aria-labelledby="scenarios-title">
      <h2 className="section-title" id="scenarios-title">
        Scenarios
      </h2>
      <ul className="scenario-list">
        {SCENARIOS.map((scenario) => {
          const { id, title, sentence, notHosted } = scenario
          const cannot = isHosted ? notHosted : null
          return (
            <li key={id}>
              <button
                type="button"
                className="scenario"
                aria-pressed={scenario === chosen}
                disabled={cannot !== null}
                onClick={() => onChoose(scenario)}
              >
                <strong className="scenario-title">{title}</strong>
                <span className="scenario-sentence">{cannot ?? sentence}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
