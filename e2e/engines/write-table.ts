// `pnpm engines:table` puts the table of the last `pnpm engines` into the README; `--check` writes nothing: does the
// README say what that run has seen? Neither plays anything, and both refuse a run that was not one of everything.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isInReadme, writeToReadme } from '../src/readme.ts'
import { testsOf, whyIncomplete } from './completeness.ts'
import { PLAYED } from './played.ts'
import { type Played, tableOf } from './table.ts'

const list = execFileSync(
  'pnpm',
  ['exec', 'playwright', 'test', '-c', 'engines/playwright.config.ts', '--list', '--reporter=json'],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    shell: process.platform === 'win32', // what node_modules/.bin holds there are .cmd files
  },
)
const played: Played[] = existsSync(PLAYED) ? JSON.parse(readFileSync(PLAYED, 'utf8')) : []
const reason = whyIncomplete(played, testsOf(JSON.parse(list)))
const table = tableOf(played)

if (reason) {
  console.error(`The last run was not one of everything: ${reason} \`pnpm engines\` plays everything.`)
  process.exitCode = 1
} else if (!process.argv.includes('--check')) {
  await writeToReadme('engines', table)
} else if (!(await isInReadme('engines', table))) {
  console.error(`${table}\n\nThe README's table of engines says something else: \`pnpm engines:table\`.`)
  process.exitCode = 1
}
