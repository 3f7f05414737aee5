// Runs schedules of consecutive seeds, and says how far it is. Which sources it runs is told from outside, so that
// broken copies of them can be run as well.
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { Schedule } from '../../packages/core/src/testing/simulation/schedule.ts'

export interface Task {
  /** The directory of core's sources. */
  readonly source: string
  readonly firstSeed: number
  /** Seeds from one schedule to the next: as many as there are workers. */
  readonly step: number
  readonly runs: number
  /** Before that, every fault alone. */
  readonly drills: boolean
  /** Goes on after a schedule that broke something. */
  readonly all: boolean
}

export interface Progress {
  readonly runs: number
  readonly grants: number
  /** The last schedule, if it broke something. */
  readonly broken: Broken | null
}

export interface Broken {
  /** Null: a drill, which follows from no seed. */
  readonly seed: number | null
  readonly schedule: Schedule
  readonly violations: readonly string[]
}

type Simulation = typeof import('../../packages/core/src/testing/simulation/simulate.ts')
type Schedules = typeof import('../../packages/core/src/testing/simulation/schedule.ts')
type Drills = typeof import('../../packages/core/src/testing/simulation/drills.ts')

const REPORT_EVERY = 50

const { source, firstSeed, step, runs, drills, all } = workerData as Task
const load = (file: string) => import(`${pathToFileURL(source)}/testing/simulation/${file}`)
const { simulate } = (await load('simulate.ts')) as Simulation
const { scheduleOf } = (await load('schedule.ts')) as Schedules
const { DRILLS } = (await load('drills.ts')) as Drills

let grants = 0
let unsaid = 0
const say = (broken: Progress['broken']): void => {
  parentPort?.postMessage({ runs: unsaid, grants, broken } satisfies Progress)
  unsaid = 0
  grants = 0
}

/** False when it broke something, and that is enough. */
const goesOn = async (seed: number | null, schedule: Schedule): Promise<boolean> => {
  const { violations, grants: sent } = await simulate(schedule)
  grants += sent
  unsaid++
  const broke = violations.length > 0
  if (broke || unsaid === REPORT_EVERY) say(broke ? { seed, schedule, violations } : null)
  return all || !broke
}

const runAll = async (): Promise<void> => {
  for (const schedule of drills ? DRILLS : []) if (!(await goesOn(null, schedule))) return
  for (let run = 0; run < runs; run++) {
    const seed = firstSeed + run * step
    if (!(await goesOn(seed, scheduleOf(seed)))) return
  }
}

await runAll()
say(null)
