import { expect, test } from 'vitest'
import { tableOf } from './table.ts'

const report = {
  suites: [
    {
      title: 'versions.spec.ts',
      suites: [
        {
          title: 'supabase-js 2.39',
          specs: [
            { title: 'sign-in', ok: true },
            { title: 'one grant', ok: false },
          ],
          suites: [{ title: '', specs: [{ title: 'quiet', ok: true }] }],
        },
        { title: 'supabase-js 2.49', specs: [{ title: 'sign-in', ok: true }] },
      ],
    },
    { title: 'herd.spec.ts', specs: [{ title: 'elsewhere', ok: true }] },
  ],
}

test('a row for each version, a column for each test; what did not run is not there', () => {
  expect(tableOf(report, (name) => `${name}.8`)).toBe(
    [
      '| supabase-js | sign-in | one grant | quiet |',
      '| --- | --- | --- | --- |',
      '| 2.39.8 | yes | **no** | yes |',
      '| 2.49.8 | yes | **no** | **no** |',
    ].join('\n'),
  )
})

test('a report without such tests is an error, not an empty table', () => {
  expect(() => tableOf({ suites: [] }, String)).toThrow(/no tests/)
})
