import { checkMutants } from '../simulation/mutation-check.ts'
import { type Check, verdict } from './check.ts'
import { run } from './command.ts'
import { sum } from './tally.ts'

const RUNS = 20_000

/** Schedules against the protocol as it is, and then as it must not be: each way to break it has to be noticed. */
export const simulation: Check = {
  name: 'simulation',
  title: 'Simulation (fast-check)',
  run: async () =>
    sum([verdict(await run('pnpm', ['simulate', '--runs', String(RUNS)])), await checkMutants()]),
}
