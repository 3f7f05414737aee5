/** What a page of the demo is, as its address says. */
export interface Place {
  readonly mode: Mode
  /** `session`: every tab has its own copy of the session, for the stale tab. */
  readonly storage: 'local' | 'session'
  /** This tab's number; null if the address has none yet. */
  readonly tab: number | null
  /** A tab that the browser has discarded: no client is made until it is woken. */
  readonly asleep: boolean
}

type Mode = 'stock' | 'solotab'

/** Reads the query of an address. Null: the landing page. */
export function readPlace(search: string): Place | null {
  const query = new URLSearchParams(search)
  const mode = query.get('mode')
  if (mode !== 'stock' && mode !== 'solotab') return null
  const storage = query.get('storage') === 'session' ? 'session' : 'local'
  return { mode, storage, tab: numberIn(query.get('tab')), asleep: query.has('asleep') }
}

/** The query for a place, such as `?mode=stock&tab=stock-2`. */
export function queryOf(place: Place): string {
  const query = new URLSearchParams({ mode: place.mode })
  if (place.storage === 'session') query.set('storage', 'session')
  if (place.tab !== null) query.set('tab', tabName(place, place.tab))
  if (place.asleep) query.set('asleep', '1')
  return `?${query}`
}

/** Tabs of one ring share a session, or would: `stock`, `solotab`, and both with `-session`. */
export function ringOf({ mode, storage }: Pick<Place, 'mode' | 'storage'>): string {
  return storage === 'session' ? `${mode}-session` : mode
}

/** The name by which the server's list knows a tab: it reads `tab` in the `Referer` of each request. */
export function tabName(place: Pick<Place, 'mode' | 'storage'>, tab: number): string {
  return `${ringOf(place)}-${tab}`
}

/** The number in a tab's name, if the tab is one of this ring. */
export function tabNumber(ring: string, name: string | null): number | null {
  return name?.startsWith(`${ring}-`) ? numberIn(name, ring.length + 1) : null
}

function numberIn(name: string | null, from = (name?.lastIndexOf('-') ?? -1) + 1): number | null {
  const digits = name?.slice(from) ?? ''
  return /^[1-9]\d{0,3}$/.test(digits) ? Number(digits) : null
}
