/** Pixels from a moment's line to its words, and a wide letter's width there. */
export const WORDS_START = 5
const LETTER_WIDTH = 7

/** A moment's line on the axis, in pixels, and its words. */
export interface Words {
  readonly x: number
  readonly text: string
}

/**
 * The row for each moment's words, so that none runs into others: 0 beside its line, 1 above that, null for words that
 * have no room. Pointing at the line still shows those.
 */
export function rowsFor(moments: readonly Words[]): readonly (0 | 1 | null)[] {
  let upperEnd = Number.NEGATIVE_INFINITY
  return moments.map(({ x, text }, index) => {
    const end = x + WORDS_START + text.length * LETTER_WIDTH
    const next = moments[index + 1]
    if (!next || end <= next.x) return 0
    if (x < upperEnd) return null
    upperEnd = end
    return 1
  })
}
