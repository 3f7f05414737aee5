import { COMMANDS, type CommandKind } from './command-kinds.ts'
import type { Command, Schedule } from './schedule.ts'

const AMOUNTS = Array.from({ length: 12 }, (_, amount) => amount)
const then = (kind: CommandKind): Command => ({ kind, tab: 0, amount: 0, pauseMs: 1000 })

const drill = (kind: CommandKind, amount: number, server: Schedule['server']): Schedule => ({
  seed: amount,
  server,
  locks: true,
  indexedDb: 'all',
  serverAheadMs: 0,
  lifetimeSeconds: 60,
  tabs: 3,
  commands: [{ kind, tab: 0, amount, pauseMs: 1000 }, then('thaw'), then('calm')],
})

/** Every kind of command alone, in as many places of a grant as there are. Chance need not find these. */
export const DRILLS: readonly Schedule[] = (Object.keys(COMMANDS) as CommandKind[]).flatMap((kind) =>
  AMOUNTS.map((amount) => drill(kind, amount, amount % 2 === 0 ? 'v1' : 'strict')),
)
