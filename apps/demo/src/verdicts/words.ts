import type { Grant } from '../server/grant.ts'

/** `1 tab`, `5 tabs`. */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** `all 6 tabs`, `both tabs`, `the one tab`. */
export function allTabs(count: number): string {
  if (count === 1) return 'the one tab'
  return count === 2 ? 'both tabs' : `all ${count} tabs`
}

/** `5 tabs of 12 are`, `both tabs are`. */
export function areOf(some: number, all: number): string {
  const whom = some === all ? allTabs(all) : `${plural(some, 'tab')} of ${all}`
  return `${whom} ${some === 1 ? 'is' : 'are'}`
}

export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

const OUTCOMES: readonly (readonly [Grant['outcome'], string])[] = [
  ['rotated', 'rotated'],
  ['answered-again', 'answered again'],
  ['refused', 'refused'],
  ['rate-limited', 'met with 429'],
  ['failed', 'failed'],
]

/** `30 grants reached the server (1 rotated, 29 answered again)`. */
export function grantsText(grants: readonly Grant[]): string {
  if (grants.length === 0) return 'no grant reached the server'
  const parts = OUTCOMES.flatMap(([outcome, words]) => {
    const count = grants.filter((grant) => grant.outcome === outcome).length
    return count === 0 ? [] : [`${count} ${words}`]
  })
  const subject = `${plural(grants.length, 'grant')} reached the server`
  const isPlain = grants.every(({ outcome }) => outcome === 'rotated')
  return isPlain ? subject : `${subject} (${parts.join(', ')})`
}
