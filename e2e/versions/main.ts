// `pnpm versions` plays the scenarios of every client version and prints the table; `--write` puts it into the README.
// `--check` plays nothing: does the README say what the last run of all tests has seen?
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NEWEST_CLIENT } from '../src/client-versions.ts'
import { isInReadme, writeToReadme } from '../src/readme.ts'
import { newestOnNpm } from './newest.ts'
import { tableOf } from './table.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const onlyCheck = process.argv.includes('--check')
const report = join(folder, '.cache', onlyCheck ? 'results.json' : 'versions.json')

const installed = (name: string): string => {
  const alias = name === NEWEST_CLIENT ? '@supabase/supabase-js' : `supabase-js-${name}`
  return JSON.parse(readFileSync(join(folder, 'node_modules', alias, 'package.json'), 'utf8')).version
}

if (!onlyCheck) {
  rmSync(report, { force: true }) // a run that does not come to its end leaves no table of an earlier one
  const args = ['exec', 'playwright', 'test', 'tests/versions.spec.ts', '--reporter=list,json']
  const { status } = spawnSync('pnpm', args, {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    shell: process.platform === 'win32', // what node_modules/.bin holds there are .cmd files
  })
  process.exitCode = status ?? 1
  const newest = await newestOnNpm()
  const known = newest === installed(NEWEST_CLIENT)
  if (newest)
    console.log(`\nnpm's newest supabase-js is ${newest}${known ? '.' : ', which is not among these.'}`)
}

const table = tableOf(JSON.parse(readFileSync(report, 'utf8')), installed)
console.log(`\n${table}\n`)
if (process.argv.includes('--write')) await writeToReadme('versions', table)
else if (!(await isInReadme('versions', table))) {
  console.error("The README's table of client versions says something else: `pnpm versions --write`.")
  if (onlyCheck) process.exitCode = 1
}
