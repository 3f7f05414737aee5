import { type Place, queryOf } from '../place.ts'
import { freeNumbers } from './roll.ts'

/**
 * Opens more tabs of a place and returns their numbers; whether they came is seen by their presence. Without an
 * opener each is as independent as a tab that a person opens, and `window.open` does not say whether it worked.
 */
export function openTabs(place: Place, taken: readonly number[], count: number): number[] {
  const numbers = freeNumbers(taken, count)
  for (const tab of numbers) open(queryOf({ ...place, tab, asleep: false }), '_blank', 'noopener')
  return numbers
}

/**
 * Opens a sleeping copy of this tab: as its opener, this tab hands it a copy of its session storage, and the
 * session in there. Null: the browser did not let it.
 */
export function openCopy(place: Place, taken: readonly number[]): number | null {
  const [tab = 1] = freeNumbers(taken, 1)
  const opened = open(queryOf({ ...place, tab, asleep: true }), '_blank', 'popup,width=640,height=900')
  return opened ? tab : null
}
