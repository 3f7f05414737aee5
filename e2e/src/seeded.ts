/** Random choices that a seed replays (mulberry32). */
export interface Seeded {
  readonly seed: number
  /** A number in [0, 1). */
  fraction(): number
  pick<T>(from: readonly T[]): T
}

/** The seed is `SOLOTAB_SEED`, or a new one; print it. */
export function seeded(
  seed = Number(process.env.SOLOTAB_SEED ?? Math.floor(Math.random() * 2 ** 31)),
): Seeded {
  let state = seed
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    seed,
    fraction,
    pick: (from) => {
      const index = Math.floor(fraction() * from.length)
      return from[index] as (typeof from)[number]
    },
  }
}
