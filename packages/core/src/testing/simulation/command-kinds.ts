import type { InvariantId } from '../watch.ts'

/** Faults that belong together. A schedule has each group or lacks it; `use` is in all of them. */
export const GROUPS = [
  'ends',
  'freezes',
  'caches',
  'messages',
  'server',
  'locks',
  'thefts',
  'store',
  'wipes',
  'garbles',
  'clock',
  'users',
  'messages of others',
  'newer builds',
] as const
export type Group = 'use' | (typeof GROUPS)[number]

interface Kind {
  readonly group: Group
  readonly weight: number
  /** What this fault suspends, since no client can keep it. Everything else is checked all the same. */
  readonly suspends?: readonly InvariantId[]
  /** For how long; for the rest of the run by default. */
  readonly forMs?: number
}

/** The longest that a grant takes from its claim to the end of its intent, and a little more. */
const GRANT_MS = 20_000

const STORE_FAILS = ['I1', 'I2', 'I5', 'I6', 'I9', 'live', 'truth', 'prompt'] as const

/** Everything that can happen, how often, and what it suspends. SPEC.md says why. */
export const COMMANDS = {
  open: { group: 'use', weight: 4 },
  close: { group: 'use', weight: 3, suspends: ['prompt'], forMs: GRANT_MS },
  refresh: { group: 'use', weight: 8 },
  token: { group: 'use', weight: 8 },
  amend: { group: 'use', weight: 3 },
  hide: { group: 'use', weight: 3 },
  show: { group: 'use', weight: 3 },
  calm: { group: 'use', weight: 3 },

  crash: { group: 'ends', weight: 3 },
  'crash-soon': { group: 'ends', weight: 6 },
  bereave: { group: 'ends', weight: 2 },
  unload: { group: 'ends', weight: 2, suspends: ['prompt'], forMs: GRANT_MS },
  reload: { group: 'ends', weight: 2, suspends: ['prompt'], forMs: GRANT_MS },
  discard: { group: 'ends', weight: 2, suspends: ['prompt'], forMs: GRANT_MS },

  freeze: { group: 'freezes', weight: 4, suspends: ['prompt'] },
  'freeze-soon': { group: 'freezes', weight: 4, suspends: ['prompt'] },
  overtake: { group: 'freezes', weight: 2, suspends: ['prompt'] },
  thaw: { group: 'freezes', weight: 5 },
  sleep: { group: 'freezes', weight: 1, suspends: ['prompt'] },

  cache: { group: 'caches', weight: 4, suspends: ['prompt'] },
  return: { group: 'caches', weight: 4 },

  noise: { group: 'messages', weight: 4, suspends: ['prompt'] },
  echo: { group: 'messages', weight: 1 },
  quiet: { group: 'messages', weight: 2 },

  trouble: { group: 'server', weight: 8 },
  well: { group: 'server', weight: 3 },
  online: { group: 'server', weight: 2 },

  'late-locks': { group: 'locks', weight: 3 },
  rejoin: { group: 'locks', weight: 2, suspends: ['prompt'] },
  usurp: { group: 'locks', weight: 2, suspends: ['prompt'] },
  'steal-leadership': { group: 'locks', weight: 2, suspends: ['prompt'] },

  'steal-grant': { group: 'thefts', weight: 5, suspends: ['I1', 'I2', 'I5', 'I9', 'prompt'] },

  abort: { group: 'store', weight: 4, suspends: STORE_FAILS },
  quota: { group: 'store', weight: 2, suspends: STORE_FAILS },
  'no-store': { group: 'store', weight: 1, suspends: STORE_FAILS },
  'store-well': { group: 'store', weight: 4 },

  wipe: { group: 'wipes', weight: 2, suspends: ['I3', 'I5', 'truth', 'prompt'] },
  garble: { group: 'garbles', weight: 2, suspends: ['I1', 'I2', 'I3', 'I5', 'I6', 'I9', 'truth', 'prompt'] },

  jump: { group: 'clock', weight: 3, suspends: ['I1', 'I2', 'I8', 'I9', 'prompt'] },
  skew: { group: 'clock', weight: 1, suspends: ['I1', 'I2', 'I8', 'I9', 'live', 'prompt'] },

  'sign-in': { group: 'users', weight: 2 },
  'sign-in-soon': { group: 'users', weight: 2 },
  'sign-out': { group: 'users', weight: 2 },
  'sign-out-soon': { group: 'users', weight: 2 },
  revoke: { group: 'users', weight: 1 },
  ban: { group: 'users', weight: 1 },

  stranger: { group: 'messages of others', weight: 4 },
  forge: { group: 'messages of others', weight: 3, suspends: ['prompt'], forMs: 1000 },

  update: { group: 'newer builds', weight: 2, suspends: ['prompt'] },
  'newer-record': { group: 'newer builds', weight: 1, suspends: ['I4', 'live', 'prompt'] },
} as const satisfies Record<string, Kind>

export type CommandKind = keyof typeof COMMANDS

/** What a kind of command suspends, and until when. */
export const suspensionOf = (kind: CommandKind): Pick<Kind, 'suspends' | 'forMs'> => COMMANDS[kind] as Kind
