import fc from 'fast-check'
import { COMMANDS, type CommandKind, GROUPS, type Group } from './command-kinds.ts'

/** One thing that happens. The numbers are read modulo what there is, so that every list of commands is valid. */
export interface Command {
  readonly kind: CommandKind
  /** Which of the tabs that can do this. */
  readonly tab: number
  /** How much of it, from 0 to 999. */
  readonly amount: number
  /** How long the world goes on after it. */
  readonly pauseMs: number
}

/** Everything that happens in one run, as data: the same schedule gives the same run. */
export interface Schedule {
  /** Settles what the commands leave open: the order of tasks that are due together, jitter, delays. */
  readonly seed: number
  /** `strict`: without a reuse interval and without the parent rule. */
  readonly server: 'v1' | 'v2' | 'strict' | 'strict-v2'
  /** False: as on plain http, where there are no Web Locks. */
  readonly locks: boolean
  /** Whether pages have IndexedDB: all, every other one, or none. */
  readonly indexedDb: 'all' | 'some' | 'none'
  /** What the server's clock is ahead of the browser's. */
  readonly serverAheadMs: number
  readonly lifetimeSeconds: number
  /** Tabs at the beginning. There are never more than 12. */
  readonly tabs: number
  readonly commands: readonly Command[]
}

export const MAX_TABS = 12
const DAY_MS = 24 * 60 * 60 * 1000

const kinds = Object.entries(COMMANDS) as [CommandKind, (typeof COMMANDS)[CommandKind]][]

const pauseArbitrary = fc.oneof(
  { weight: 8, arbitrary: fc.nat(30) },
  { weight: 8, arbitrary: fc.nat(1500) },
  { weight: 5, arbitrary: fc.nat(20_000) },
  { weight: 2, arbitrary: fc.nat(120_000) },
  { weight: 1, arbitrary: fc.nat(3 * DAY_MS) },
)

const commandArbitrary: fc.Arbitrary<Command> = fc.record({
  kind: fc.oneof(...kinds.map(([kind, { weight }]) => ({ weight, arbitrary: fc.constant(kind) }))),
  tab: fc.nat(MAX_TABS - 1),
  amount: fc.nat(999),
  pauseMs: pauseArbitrary,
})

const weighted = <T>(...choices: [weight: number, value: T][]) =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })))

/** Each schedule has some groups of faults and lacks the others, since many faults together hide each other's traces. */
const withGroups = ({ groups, ...schedule }: Schedule & { groups: readonly Group[] }): Schedule => ({
  ...schedule,
  commands: schedule.commands.filter(({ kind }) => {
    const { group } = COMMANDS[kind]
    return group === 'use' || groups.includes(group)
  }),
})

export const scheduleArbitrary: fc.Arbitrary<Schedule> = fc
  .record({
    seed: fc.nat(),
    server: fc.constantFrom<Schedule['server']>('v1', 'v2', 'strict', 'strict-v2'),
    locks: weighted([3, true], [1, false]),
    indexedDb: weighted<Schedule['indexedDb']>([18, 'all'], [1, 'some'], [1, 'none']),
    serverAheadMs: weighted([4, 0], [1, 3 * DAY_MS], [1, -3 * DAY_MS]),
    lifetimeSeconds: weighted([3, 60], [1, 3600]),
    tabs: fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 5 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: MAX_TABS }) },
    ),
    groups: fc.subarray([...GROUPS]),
    commands: fc.noBias(fc.array(commandArbitrary, { maxLength: 50, size: 'max' })),
  })
  .map(withGroups)

/** The schedule that follows from a seed. */
export const scheduleOf = (seed: number): Schedule => {
  const [schedule] = fc.sample(scheduleArbitrary, { seed, numRuns: 1 })
  if (!schedule) throw new Error('There is no schedule.')
  return schedule
}
