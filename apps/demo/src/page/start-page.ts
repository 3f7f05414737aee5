import { createApp } from '../app.ts'
import { type Place, tabNumber } from '../place.ts'
import { createControl, findServer, type Knobs } from '../server/server.ts'
import type { AppState, Sentence } from '../state.ts'
import { wireButtons } from './buttons.ts'
import { button, form, show } from './dom.ts'
import { renderGrants } from './grant-table.ts'
import { renderEvents, renderSteps } from './lists.ts'
import { renderKnobs, renderNotes } from './notes.ts'
import { reasonOf } from './reason.ts'
import { renderStatus } from './status.ts'

/** Starts one tab: the app, and the page that shows it. */
export function startPage(place: Place): void {
  const server = findServer(import.meta.env, location.origin)
  const app = createApp(place, server)
  const control = server.hasControl ? createControl(server.url) : null
  let knobs: Knobs | null = null
  const ring = app.store.get().ring

  const render = () => {
    const state = app.store.get()
    renderStatus(state, place.mode === 'stock', Date.now())
    if (control) renderGrants(state.grants, (grant) => String(tabNumber(ring, grant.tab) ?? ''))
    renderEvents(state.events)
    renderSteps(state.steps)
    const { tone, text } = sentenceOf(state)
    show('banner', text, tone)
    enableButtons(state, knobs !== null)
  }

  // A hidden tab draws nothing, whatever its number of tabs; its title, in the tab strip, it does write.
  let isDue = false
  const renderSoon = () => {
    document.title = titleOf(app.store.get(), place)
    if (isDue) return
    isDue = true
    requestAnimationFrame(() => {
      isDue = false
      render()
    })
  }
  app.store.subscribe(renderSoon)
  setInterval(() => document.visibilityState === 'visible' && render(), 1000)

  renderNotes(place, server)
  wireButtons(app, control, () => knobs)
  control?.knobs().then(
    (found) => {
      knobs = found
      renderKnobs(found)
      renderSoon()
    },
    () => app.say({ tone: 'bad', text: 'The demo’s server does not answer.' }),
  )
  if (!control) show('knobs', `This is the project at ${new URL(server.url).host}, with its own settings.`)
  render()
}

function sentenceOf(state: AppState): Sentence {
  const { banner } = state
  if (state.feed === 'lost')
    return { tone: 'bad', text: 'The demo’s server does not answer: is it still running?' }
  if (banner.kind === 'said') return banner
  return { tone: 'bad', text: `Signed out: ${reasonOf(state)}.` }
}

function enableButtons({ session, busy }: AppState, hasControl: boolean): void {
  const isSignedIn = session.status === 'signed-in'
  button('expire').disabled = !isSignedIn || !hasControl
  button('refresh').disabled = !isSignedIn
  button('stale').disabled = !isSignedIn || !hasControl
  form('sign-in').classList.toggle('off', session.status !== 'signed-out')
  // A button that is disabled loses the focus, so those that only wait are not.
  document.body.setAttribute('aria-busy', String(busy))
}

function titleOf({ session, asleep, tab }: AppState, { mode }: Place): string {
  const signs = { loading: '…', 'signed-in': '✓', 'signed-out': '✗' }
  return `${asleep ? '☾' : signs[session.status]} ${tab} ${mode}`
}
