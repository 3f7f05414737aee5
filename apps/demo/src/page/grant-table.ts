import type { GrantEntry } from '@solotab/auth-server'
import { countGrants, outcomeOf } from '../server/grants.ts'
import { make, place, show, timeOfDay } from './dom.ts'

const SHOWN = 100 // rows
const rows = new WeakMap<GrantEntry, HTMLElement>()
let shown: readonly GrantEntry[] | null = null

/** Shows the list of grants, the newest first, with the counters over it. */
export function renderGrants(grants: readonly GrantEntry[], name: (grant: GrantEntry) => string): void {
  if (grants === shown) return
  shown = grants
  const { refreshes, refused, rateLimited } = countGrants(grants)
  show('refreshes', String(refreshes))
  show('refused', String(refused), refused > 0 ? 'bad' : '')
  show('rate-limited', String(rateLimited), rateLimited > 0 ? 'bad' : '')
  const newest = grants.slice(-SHOWN).reverse()
  place('grants').replaceChildren(...newest.map((grant) => rowOf(grant, name(grant))))
  place('grants-empty').hidden = newest.length > 0
}

function rowOf(grant: GrantEntry, tab: string): HTMLElement {
  const known = rows.get(grant)
  if (known) return known
  const row = document.createElement('tr')
  const { tone, text } = outcomeOf(grant)
  const outcome = make('td', '', 'cell outcome')
  outcome.append(make('span', text, 'outcome-words filled', tone))
  row.append(make('td', timeOfDay(grant.atMs), 'cell time figures'), make('td', tab, 'cell'), outcome)
  rows.set(grant, row)
  return row
}
