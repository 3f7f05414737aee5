// `pnpm simulate --seed 1 --runs 20000 --minutes 3`: schedules of consecutive seeds against the coordinator, in memory.
// The first that breaks something is made as small as possible and shown; `--all` goes on, and lists them.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { shrink } from '../../packages/core/src/testing/simulation/shrink.ts'
import { simulate } from '../../packages/core/src/testing/simulation/simulate.ts'
import { root } from '../checks/command.ts'
import { runSeeds, type Totals } from './run-seeds.ts'
import type { Broken } from './worker.ts'

const SHRINK_LIMIT_MS = 60 * 1000 // 1 minute

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string' },
    minutes: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
})
const numberOf = (option: 'seed' | 'runs' | 'minutes', fallback: number): number => {
  const number = Number(values[option] ?? fallback)
  if (Number.isFinite(number) && number >= 0) return number
  console.error(`--${option} is not a number.`)
  process.exit(2)
}

const firstSeed = numberOf('seed', 1)
const minutes = numberOf('minutes', 0)
const runs = numberOf('runs', minutes > 0 ? 1e9 : 20_000)
const startedMs = Date.now()
const isTerminal = process.stdout.isTTY

const count = (number: number, noun: string): string => `${number.toLocaleString('en')} ${noun}`

const summary = ({ runs, grants }: Totals): string => {
  const seconds = (Date.now() - startedMs) / 1000
  return `${count(runs, 'schedules')}, ${count(grants, 'grants')}, ${seconds.toFixed(0)} s, ${Math.round(runs / seconds)} schedules/s`
}

let shownMs = startedMs
let listed = 0
const onProgress = (totals: Totals): void => {
  for (const { seed, violations } of values.all ? totals.broken.slice(listed) : []) {
    console.log(`${isTerminal ? '\r' : ''}${seed === null ? 'a drill' : `seed ${seed}`}: ${violations[0]}`)
  }
  listed = totals.broken.length
  if (Date.now() - shownMs < (isTerminal ? 500 : 15_000)) return
  shownMs = Date.now()
  process.stdout.write(isTerminal ? `\r${summary(totals)}   ` : `${summary(totals)}\n`)
}

const showBroken = async ({ seed, schedule: found }: Broken): Promise<void> => {
  console.log(
    `\n${seed === null ? 'A drill' : `Seed ${seed}`} breaks something. Looking for the smallest schedule …`,
  )
  const smallest = seed === null ? null : await shrink(seed, SHRINK_LIMIT_MS)
  const schedule = smallest?.schedule ?? found
  const { commands, ...setting } = schedule
  const { violations, trace } = await simulate(schedule, { traced: true })
  console.log(`\n${JSON.stringify(setting)}`)
  for (const command of commands) console.log(JSON.stringify(command))
  console.log(`\n${trace}\n`)
  for (const violation of new Set(violations)) console.log(violation)
  if (seed !== null) console.log(`\nAgain: pnpm simulate --seed ${seed} --runs 1`)
}

const source = join(root, 'packages/core/src')
const totals = await runSeeds(
  { source, firstSeed, runs, all: values.all },
  Math.min(runs, availableParallelism()),
  {
    ...(minutes > 0 ? { limitMs: minutes * 60 * 1000 } : {}),
    onProgress,
  },
)
const [broken] = totals.broken
console.log(`${isTerminal ? '\r' : ''}${summary(totals)}, ${totals.broken.length} broken`)
if (broken) {
  if (!values.all) await showBroken(broken)
  process.exitCode = 1
}
