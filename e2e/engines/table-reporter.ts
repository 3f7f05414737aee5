import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FullConfig, Reporter, Suite, TestCase } from '@playwright/test/reporter'
import { type Played, tableOf } from './table.ts'

const FILE = fileURLToPath(new URL('../.cache/engines.md', import.meta.url))
const OUTCOMES = { expected: 'passed', unexpected: 'failed', flaky: 'failed', skipped: 'skipped' } as const

/** Prints which scenario has passed in which engine, as a table that is also kept in `.cache/engines.md`. */
// biome-ignore lint/style/noDefaultExport: Playwright takes a reporter's default export.
export default class TableReporter implements Reporter {
  #suite: Suite | null = null

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite
  }

  onEnd(): void {
    const played = this.#suite?.allTests().filter(({ results }) => results.length > 0) ?? []
    if (played.length === 0) return
    const table = tableOf(played.map(playedIn))
    mkdirSync(dirname(FILE), { recursive: true })
    writeFileSync(FILE, `${table}\n`)
    console.log(`\n${table}\n`)
  }

  printsToStdio(): boolean {
    return false
  }
}

/** A scenario is the outermost `describe` of a file. */
function playedIn(test: TestCase): Played {
  const [, engine = '', , scenario = ''] = test.titlePath()
  const notes = test.annotations.filter(({ type }) => type === 'skip' || type === 'note')
  return {
    scenario,
    engine,
    outcome: OUTCOMES[test.outcome()],
    notes: notes.flatMap(({ description }) => description ?? []),
  }
}
