import type { BenchState } from '../bench/bench-state.ts'

/** No tab says that refreshing fails. */
export const isSteady = ({ panes }: BenchState): boolean => panes.every(({ isFailing }) => !isFailing)
