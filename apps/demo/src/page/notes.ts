import type { Place } from '../place.ts'
import type { Knobs, Server } from '../server/server.ts'
import { button, link, place as placeOf, show } from './dom.ts'

/** Shows what does not change while the page lives. */
export function renderNotes(place: Place, server: Server): void {
  const isStock = place.mode === 'stock'
  const isSession = place.storage === 'session'
  show('mode', isStock ? 'supabase-js alone' : 'supabase-js with Solotab', isStock ? 'bad' : 'good')
  link(place.mode).setAttribute('aria-current', 'page')
  link('stale').href = `?mode=${place.mode}&storage=session`
  link('stale').hidden = isSession || !server.hasControl
  button('stale').hidden = !isSession
  placeOf('steps').classList.toggle('room', isSession)
  placeOf('stale-text').textContent = staleText(isSession, server.hasControl)
  show('grants-empty', server.hasControl ? 'None yet.' : NO_LIST)
  if (server.hasControl) return
  show('expire-note', NO_EXPIRY)
  for (const counter of ['refreshes', 'refused', 'rate-limited']) show(counter, '—')
}

const NO_LIST =
  'A real project does not tell which grants reached it. Open the network panel of each tab and look for “token”.'
const NO_EXPIRY =
  '“Expire now” needs the demo’s own server: a real project cannot be told to expire a token. “Refresh here” works.'

function staleText(isSession: boolean, hasControl: boolean): string {
  if (!hasControl) return 'This experiment needs the short-lived tokens of the demo’s own server.'
  return isSession
    ? 'Here every tab has its own copy of the session (supabase-js’s option auth.storage: sessionStorage). Sign in, then run it: a copy of this tab sleeps while this one refreshes twice, and wakes with its old token.'
    : 'An app may keep its session in sessionStorage, and the browser copies that into a tab opened from this one. What if the copy wakes up after a while?'
}

/** Shows how the server is set. */
export function renderKnobs(knobs: Knobs): void {
  const { accessTokenSeconds, reuseIntervalSeconds, latencyMs, rateLimit } = knobs
  const limit = rateLimit
    ? `it takes ${rateLimit.burst} grants at once and then ${rateLimit.perSecond} per second`
    : 'it takes any number of grants'
  show(
    'knobs',
    `The demo’s own server, in memory, answers as Supabase Auth does. Access tokens live ${accessTokenSeconds} s; ` +
      `a used refresh token may be sent again for ${reuseIntervalSeconds} s (10 s at Supabase); ${limit}, as at Supabase; ` +
      `answers take ${latencyMs} ms, as over the internet.`,
  )
}
