import { parseArgs } from 'node:util'

/** v1 and v2 as on Supabase; strict: v1 without a reuse interval and without the parent rule. */
export type Algorithm = 'v1' | 'v2' | 'strict'
/** `stock`: supabase-js alone. `broken`: Solotab whose record forgets grants in flight. Both must break the bars. */
export type Mode = 'solotab' | 'stock' | 'broken'

export const ALGORITHMS: readonly string[] = ['v1', 'v2', 'strict'] satisfies Algorithm[]
const MODES: readonly string[] = ['solotab', 'stock', 'broken'] satisfies Mode[]

export interface ChaosOptions {
  readonly seed: number
  /** For each algorithm. */
  readonly minutes: number
  readonly algorithms: readonly Algorithm[]
  /** The most that are open at a time, at least 3. */
  readonly tabs: number
  readonly mode: Mode
  /** Where the report goes as JSON. */
  readonly json: string | null
}

/**
 * Reads the command line.
 * @throws {Error} an option or a value that does not exist.
 */
export function readOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string', default: '1' },
      algorithm: { type: 'string', multiple: true, default: [...ALGORITHMS] },
      tabs: { type: 'string', default: '8' },
      mode: { type: 'string', default: 'solotab' },
      json: { type: 'string' },
    },
  })
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
  const minutes = Number(values.minutes)
  const tabs = Number(values.tabs)
  check(Number.isSafeInteger(seed), '--seed is an integer')
  check(minutes > 0, '--minutes is a number > 0')
  check(Number.isSafeInteger(tabs) && tabs >= 3, '--tabs is an integer >= 3')
  check(
    values.algorithm.every((each) => ALGORITHMS.includes(each)),
    `--algorithm is one of ${ALGORITHMS.join()}`,
  )
  check(MODES.includes(values.mode), `--mode is one of ${MODES.join()}`)
  return {
    seed,
    minutes,
    tabs,
    algorithms: values.algorithm as Algorithm[],
    mode: values.mode as Mode,
    json: values.json ?? null,
  }
}

function check(valid: boolean, rule: string): void {
  if (!valid) throw new Error(rule)
}
