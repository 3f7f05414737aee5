import { expect, test } from 'vitest'
import { type Played, tableOf } from './table.ts'

const played = (
  scenario: string,
  engine: string,
  outcome: Played['outcome'],
  ...notes: string[]
): Parameters<typeof tableOf>[0][number] => ({ scenario, engine, outcome, notes })

test('a scenario has a row, an engine a column, and a reason is told once', () => {
  const table = tableOf([
    played('10. crash', 'One', 'skipped', 'does not freeze'),
    played('1. herd', 'One', 'passed'),
    played('1. herd', 'One', 'passed'),
    played('1. herd', 'Other', 'passed', 'fewer tabs'),
    played('2. freeze', 'One', 'passed'),
    played('2. freeze', 'Other', 'skipped', 'does not freeze'),
    played('10. crash', 'Other', 'skipped', 'does not freeze'),
  ])
  expect(table.split('\n')).toEqual([
    '| scenario | One | Other |',
    '| --- | --- | --- |',
    '| 1. herd | yes | yes (1) |',
    '| 2. freeze | yes | skipped (2) |',
    '| 10. crash | skipped (2) | skipped (2) |',
    '',
    '(1) fewer tabs  ',
    '(2) does not freeze',
  ])
})

test('one failed test is enough for a no, and one skipped for less than a yes', () => {
  const table = tableOf([
    played('herd', 'One', 'passed'),
    played('herd', 'One', 'failed'),
    played('stale', 'One', 'skipped'),
    played('stale', 'One', 'passed'),
  ])
  expect(table).toContain('| herd | **no** |')
  expect(table).toContain('| stale | in part |')
})
