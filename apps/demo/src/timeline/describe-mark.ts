import type { Mark } from '../bench/mark.ts'
import { nameOf } from '../pane/place.ts'

/** A mark in words: `Tab 3, after 1.24 s: rotated`. */
export function describeMark({ pane, atMs, text }: Mark): string {
  const who = pane === null ? 'All tabs' : nameOf(pane)
  return `${who}, after ${(atMs / 1000).toFixed(2)} s: ${text}`
}
