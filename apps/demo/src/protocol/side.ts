/** The two halves of the lab. */
export type Side = 'stock' | 'solotab'

export const SIDES: readonly Side[] = ['stock', 'solotab']

export const SIDE_NAMES: Readonly<Record<Side, string>> = {
  stock: 'supabase-js alone',
  solotab: 'with Solotab',
}
