import type { Side } from '../protocol/side.ts'

/** What a pane is, as its address says. */
export interface Place {
  readonly side: Side
  /** Such as `stock-3`. */
  readonly pane: string
  /** A tab of the browser, and no frame of the lab. */
  readonly isRealTab: boolean
  /** Tells a frame from an earlier one of the same name. */
  readonly load: string
  /** The pane that this one is a duplicate of. */
  readonly original: string | null
}

/** Reads an address; null if it is none of a pane. */
export function readPlace(search: string, isRealTab: boolean): Place | null {
  const query = new URLSearchParams(search)
  const side = query.get('side')
  const pane = query.get('tab')
  if ((side !== 'stock' && side !== 'solotab') || !pane?.startsWith(`${side}-`)) return null
  const load = query.get('load') ?? ''
  return { side, pane, isRealTab, load, original: query.get('duplicate-of') }
}

/** The address of a pane. The server reads `tab` in the `Referer` of each request. */
export function addressOf(side: Side, pane: string, load = '', original: string | null = null): string {
  const query = new URLSearchParams({ side, tab: pane, ...(load && { load }) })
  if (original) query.set('duplicate-of', original)
  return `pane.html?${query}`
}

/** What a pane is called on the page: `stock-3` is "Tab 3". */
export function nameOf(pane: string): string {
  const [, number = '', real] = pane.split('-')
  return `Tab ${number}${real ? ' (real)' : ''}`
}
