import type { TabCard } from './channel.ts'

/** The lowest numbers that no tab has. */
export function freeNumbers(taken: readonly number[], count: number): number[] {
  const free: number[] = []
  for (let number = 1; free.length < count; number += 1) {
    if (!taken.includes(number)) free.push(number)
  }
  return free
}

/** Of two tabs with one number, as after "Duplicate tab", the younger one takes another. */
export function mustYield(me: TabCard, other: TabCard): boolean {
  if (me.id === other.id || me.tab !== other.tab) return false
  return me.bornMs > other.bornMs || (me.bornMs === other.bornMs && me.id > other.id)
}

/** The cards, with one put in or replaced, by number. */
export function withCard(cards: readonly TabCard[], card: TabCard): readonly TabCard[] {
  return [...cards.filter(({ id }) => id !== card.id), card].sort((a, b) => a.tab - b.tab)
}
