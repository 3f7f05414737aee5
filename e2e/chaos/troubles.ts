import type { Journal, Trouble } from './journal.ts'

/** The harness notes the beginning of a trouble just before it asks Chromium for it, and its end just after. */
export const SLACK_MS = 250

/** What was wrong with a page load, or with everything, at some moment of this time. */
export function troublesWith(
  { spells }: Pick<Journal, 'spells'>,
  load: string,
  fromMs: number,
  toMs: number,
): readonly Trouble[] {
  const hit = spells.filter(
    (spell) =>
      (spell.load === load || spell.load === null) &&
      spell.fromMs <= toMs + SLACK_MS &&
      spell.toMs >= fromMs - SLACK_MS,
  )
  return [...new Set(hit.map(({ trouble }) => trouble))]
}
