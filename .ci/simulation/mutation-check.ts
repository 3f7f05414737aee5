// Breaks the protocol in one way after the other, in copies of core's sources, and expects of the simulation to notice.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../checks/command.ts'
import type { Tally } from '../checks/tally.ts'
import { type Mutant, mutants } from './mutants.ts'
import { runSeeds, type Totals } from './run-seeds.ts'

const RUNS = 3000
const LIMIT_MS = 2 * 60 * 1000 // 2 minutes
const AT_ONCE = 2

const core = join(root, 'packages/core')
/** Inside the package, where its dependencies are found. */
const copies = join(core, '.cache/mutants')

/** A copy of the sources with one thing broken. */
function breakSources({ file, find, put }: Mutant, n: number): string {
  const source = join(copies, String(n))
  cpSync(join(core, 'src'), source, { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
  const path = join(source, file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(find)) throw new Error(`${file} does not say this any more: ${find}`)
  writeFileSync(path, text.replaceAll(find, put))
  return source
}

/** Tries one mutant and says whether it was noticed. */
async function isNoticed(mutant: Mutant, n: number): Promise<boolean> {
  let totals: Totals
  try {
    totals = await runSeeds({ source: breakSources(mutant, n), firstSeed: 1, runs: RUNS, all: false }, 1, {
      limitMs: LIMIT_MS,
    })
  } catch (error) {
    console.error(`✗ ${mutant.breaks}: ${error instanceof Error ? error.message : error}`)
    return false
  }
  const {
    broken: [broken],
    runs,
  } = totals
  if (broken)
    console.log(
      `✓ ${mutant.breaks}: ${broken.seed === null ? 'a drill' : `seed ${broken.seed}`}, ${broken.violations[0]}`,
    )
  else console.error(`✗ ${mutant.breaks}: survived ${runs} schedules`)
  return broken !== undefined
}

/** Every mutant that the simulation notices is a check that passed. */
export async function checkMutants(wanted: readonly Mutant[] = mutants): Promise<Tally> {
  rmSync(copies, { recursive: true, force: true })
  const left = [...wanted.entries()]
  const noticed: boolean[] = []
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) noticed.push(await isNoticed(next[1], next[0]))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  rmSync(copies, { recursive: true, force: true })
  const passed = noticed.filter(Boolean).length
  return { passed, failed: wanted.length - passed, skipped: 0 }
}
