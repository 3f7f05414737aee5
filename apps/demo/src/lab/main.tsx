import { createRoot } from 'react-dom/client'
import { scenarioIn } from '../scenarios/scenarios.ts'
import { ADA } from '../scenarios/users.ts'
import { isHosted } from '../server/project.ts'
import { App } from './app.tsx'
import { Lab } from './lab.ts'
import { initialState } from './lab-state.ts'

const asked = scenarioIn(location.search)
const root = document.querySelector('#lab')
if (root) {
  const user = isHosted(import.meta.env) ? null : ADA
  const runsAtOnce = asked.isMeant && user !== null
  const lab = new Lab(import.meta.env, initialState(asked, user, runsAtOnce))
  createRoot(root).render(<App lab={lab} />)
  lab.start(runsAtOnce).catch(reportError)
}
