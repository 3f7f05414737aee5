import { expect, test } from 'vitest'
import { report } from './report.ts'
import { Run } from './testing/run.ts'

test('the report lists every reuse, however many', () => {
  const run = new Run()
  for (let count = 1; count <= 100; count += 1) {
    run.send(`tab-${count}-load.1`, count * 100)
    run.serve(`tab-${count}-load.1`, count * 100, { outcome: 'answered-again', reuse: true })
  }
  const { verdict } = run
  expect(verdict.reuses).toHaveLength(100)
  const text = report([verdict], [])
  for (const { grant } of verdict.reuses) expect(text).toContain(`reuse by ${grant},`)
})
