// `npm test`: every check in order, all of them even if one fails. `npm test -- unit e2e` runs those two.
import { chaos } from './chaos.ts'
import { type Check, scriptCheck } from './check.ts'
import { e2e } from './e2e.ts'
import { engines } from './engines.ts'
import { freshApp } from './fresh-app.ts'
import { packages } from './packages.ts'
import { simulation } from './simulation.ts'
import { formatTally, oneFailed, sum, type Tally } from './tally.ts'
import { unit } from './unit.ts'
import { versions } from './versions.ts'

const checks: readonly Check[] = [
  scriptCheck('typecheck', 'Types (tsc)'),
  scriptCheck('lint', 'Lint and format (Biome)'),
  unit,
  simulation,
  scriptCheck('size', 'Size budget (Vite)'),
  packages,
  freshApp,
  scriptCheck('knip', 'Dead code (Knip)'),
  e2e,
  engines,
  versions,
  chaos,
]

async function outcome(check: Check): Promise<Tally> {
  console.log(`\n=== ${check.title} ===\n`)
  try {
    return await check.run()
  } catch (error) {
    console.error(error)
    return oneFailed
  }
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  console.error(
    `No such check: ${unknown.join(', ')}. There are: ${checks.map((check) => check.name).join(', ')}.`,
  )
  process.exit(2)
}

const results = new Map<Check, Tally>()
for (const check of checks) {
  if (wanted.length === 0 || wanted.includes(check.name)) results.set(check, await outcome(check))
}

console.log('\n=== Result ===\n')
for (const [check, tally] of results) console.log(`${check.title}: ${formatTally(tally)}`)
const total = sum(results.values())
console.log(formatTally(total))
process.exitCode = total.failed > 0 ? 1 : 0
