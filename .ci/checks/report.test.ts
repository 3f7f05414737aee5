import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { countChaos } from './chaos.ts'
import { countPlaywright } from './e2e.ts'
import { tallyFromReport } from './report.ts'
import { countVitest } from './unit.ts'

const vitestReport = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
  ],
}

describe('results of a runner', () => {
  test('of Vitest: what is skipped or still to do is neither passed nor failed', () => {
    expect(countVitest(vitestReport)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  })

  test('of Vitest: a file that cannot be loaded is one failure', () => {
    const broken = { status: 'failed', assertionResults: [] }
    const report = { ...vitestReport, testResults: [...vitestReport.testResults, broken] }
    expect(countVitest(report).failed).toBe(2)
  })

  test('of Playwright: a flaky test is a failure', () => {
    expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } })).toEqual({
      passed: 4,
      failed: 2,
      skipped: 2,
    })
  })
})

test('the report of the chaos: every bar of every run counts, and those of all together', () => {
  const bars = (...held: boolean[]) => ({ bars: held.map((each) => ({ held: each })) })
  const coverage = [{ held: true }, { held: false }, { held: null }]
  expect(countChaos({ verdicts: [bars(true, true), bars(true, false)], coverage })).toEqual({
    passed: 4,
    failed: 2,
    skipped: 1,
  })
})

describe('the report of a runner', () => {
  let path: string

  beforeEach(async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    path = join(await mkdtemp(join(tmpdir(), 'report-')), 'report.json')
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  const write = (report: unknown) => writeFile(path, JSON.stringify(report))

  test('is counted', async () => {
    const execute = async () => {
      await write(vitestReport)
      return 1
    }
    expect(await tallyFromReport(path, execute, countVitest)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  })

  test('of an earlier run does not count for a runner that crashed', async () => {
    await write(vitestReport)
    expect(await tallyFromReport(path, async () => 1, countVitest)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    })
  })

  test('that nobody can read is one failure', async () => {
    const execute = async () => {
      await write({ stats: null })
      return 0
    }
    expect(await tallyFromReport(path, execute, countPlaywright)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    })
  })
})
