import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { FullConfig, Reporter, Suite, TestCase } from '@playwright/test/reporter'
import { PLAYED } from './played.ts'
import { type Played, tableOf } from './table.ts'

const OUTCOMES = { expected: 'passed', unexpected: 'failed', flaky: 'failed', skipped: 'skipped' } as const

/** Prints which scenario has passed in which engine, as a table, and keeps what was played for `pnpm engines:table`. */
// biome-ignore lint/style/noDefaultExport: Playwright takes a reporter's default export.
export default class TableReporter implements Reporter {
  #suite: Suite | null = null

  constructor() {
    rmSync(PLAYED, { force: true }) // a run that does not come to its end leaves no table of an earlier one
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite
  }

  onEnd(): void {
    const tests = this.#suite?.allTests().filter(({ results }) => results.length > 0) ?? []
    if (tests.length === 0) return
    const played = tests.map(playedIn)
    mkdirSync(dirname(PLAYED), { recursive: true })
    writeFileSync(PLAYED, JSON.stringify(played))
    console.log(`\n${tableOf(played)}\n`)
  }

  printsToStdio(): boolean {
    return false
  }
}

/** A scenario is the outermost `describe` of a file. */
function playedIn(test: TestCase): Played {
  const [, engine = '', file = '', ...titles] = test.titlePath()
  const notes = test.annotations.filter(({ type }) => type === 'skip' || type === 'note')
  return {
    engine,
    file,
    title: titles.join(' › '),
    scenario: titles[0] ?? '',
    outcome: OUTCOMES[test.outcome()],
    notes: notes.flatMap(({ description }) => description ?? []),
  }
}
