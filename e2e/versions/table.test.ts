import { expect, test } from 'vitest'
import { tableOf } from './table.ts'

const spec = (title: string, status: string, results = [{}]) => ({
  title,
  ok: status === 'expected' || status === 'skipped', // as Playwright has it
  tests: [{ status, results }],
})

const report = {
  suites: [
    {
      title: 'versions.spec.ts',
      suites: [
        {
          title: 'supabase-js 2.39',
          specs: [spec('sign-in', 'expected'), spec('one grant', 'unexpected')],
          suites: [{ title: '', specs: [spec('quiet', 'expected')] }],
        },
        { title: 'supabase-js 2.49', specs: [spec('sign-in', 'skipped'), spec('one grant', 'skipped', [])] },
      ],
    },
    { title: 'herd.spec.ts', specs: [spec('elsewhere', 'expected')] },
  ],
}

test('a row for each version, a column for each test; what was skipped is no yes, and what did not run is a no', () => {
  expect(tableOf(report, (name) => `${name}.8`)).toBe(
    [
      '| supabase-js | sign-in | one grant | quiet |',
      '| --- | --- | --- | --- |',
      '| 2.39.8 | yes | **no** | yes |',
      '| 2.49.8 | skipped | **no** | **no** |',
    ].join('\n'),
  )
})

test('a report without such tests is an error, not an empty table', () => {
  expect(() => tableOf({ suites: [] }, String)).toThrow(/no tests/)
})
