import { createRoot } from 'react-dom/client'
import { SCENARIOS, scenarioIn } from '../scenarios/scenarios.ts'
import { ADA } from '../scenarios/users.ts'
import { isHosted } from '../server/project.ts'
import { App } from './app.tsx'
import { Lab } from './lab.ts'
import { DEFAULT_TABS } from './lab-state.ts'

const asked = scenarioIn(location.search)
const [first] = SCENARIOS
const scenario = asked ?? first
const root = document.querySelector('#lab')
if (root && scenario) {
  const hosted = isHosted(import.meta.env)
  const runsAtOnce = asked !== null && !(hosted && asked.notHosted)
  const tabs = runsAtOnce ? (scenario.tabs ?? DEFAULT_TABS) + (scenario.opens ?? 0) : DEFAULT_TABS
  const lab = new Lab(import.meta.env, scenario, hosted ? null : ADA, tabs)
  createRoot(root).render(<App lab={lab} />)
  lab.start(runsAtOnce).catch(reportError)
}
