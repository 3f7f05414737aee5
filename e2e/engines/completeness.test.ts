import { expect, test } from 'vitest'
import { testsOf, whyIncomplete } from './completeness.ts'
import type { Played } from './table.ts'

const report = {
  suites: [
    {
      title: 'herd.spec.ts',
      file: 'herd.spec.ts',
      specs: [],
      suites: [
        {
          title: '1. herd',
          file: 'herd.spec.ts',
          specs: [
            { title: 'stock', tests: [{ projectName: 'One' }, { projectName: 'Other' }] },
            { title: 'older client', tests: [{ projectName: 'One' }] },
          ],
        },
      ],
    },
    {
      title: 'crash.spec.ts',
      file: 'crash.spec.ts',
      specs: [{ title: 'crash', tests: [{ projectName: 'One' }, { projectName: 'Other' }] }],
    },
  ],
}
const all = testsOf(report)
const played: readonly Played[] = all.map((each) => ({
  ...each,
  scenario: each.title,
  outcome: each.engine === 'Other' && each.title === 'crash' ? 'skipped' : 'passed',
  notes: [],
}))

test('a test is known by its engine, its file and its titles', () => {
  expect(all.map(({ engine, file, title }) => [engine, file, title])).toEqual([
    ['One', 'herd.spec.ts', '1. herd › stock'],
    ['Other', 'herd.spec.ts', '1. herd › stock'],
    ['One', 'herd.spec.ts', '1. herd › older client'],
    ['One', 'crash.spec.ts', 'crash'],
    ['Other', 'crash.spec.ts', 'crash'],
  ])
})

test('a run of everything is complete, whatever came of it', () => {
  expect(whyIncomplete(played, all)).toBeNull()
  expect(
    whyIncomplete(
      played.map((each) => ({ ...each, outcome: 'failed' })),
      all,
    ),
  ).toBeNull()
})

test('an engine that was left out, or that is not on the machine, is missing', () => {
  expect(
    whyIncomplete(
      played.filter(({ engine }) => engine === 'One'),
      all,
    ),
  ).toBe('Other played nothing.')
  const skipped = played.map((each) =>
    each.engine === 'One' ? { ...each, outcome: 'skipped' as const } : each,
  )
  expect(whyIncomplete(skipped, all)).toBe('One played nothing.')
  expect(whyIncomplete([], all)).toBe('One, Other played nothing.')
})

test('a file or a single test that was left out is missing', () => {
  expect(
    whyIncomplete(
      played.filter(({ file }) => file !== 'crash.spec.ts'),
      all,
    ),
  ).toBe('Not played: 2 of crash.spec.ts.')
  expect(
    whyIncomplete(
      played.filter(({ title }) => title !== '1. herd › older client'),
      all,
    ),
  ).toBe('Not played: 1 of herd.spec.ts.')
})

test('a run of tests that there are no more is an older one', () => {
  const older = all.filter(({ title }) => title !== '1. herd › older client')
  expect(whyIncomplete(played, older)).toBe('Played, and gone since: 1 of herd.spec.ts.')
})
