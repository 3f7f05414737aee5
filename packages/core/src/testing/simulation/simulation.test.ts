import { describe, expect, test } from 'vitest'
import { COMMANDS } from './command-kinds.ts'
import { DRILLS } from './drills.ts'
import { REGRESSIONS } from './regressions.ts'
import { MAX_TABS, scheduleOf } from './schedule.ts'
import { simulate } from './simulate.ts'

const SEEDS = Array.from({ length: 300 }, (_, n) => n + 1)

describe('what once broke something', () => {
  test.each(Object.entries(REGRESSIONS))('%s', async (_, schedule) => {
    const { violations, trace } = await simulate(schedule, { traced: true })
    expect(violations, trace).toEqual([])
  })
})

test.each([...new Set(DRILLS.map(({ commands: [first] }) => first?.kind))])('alone: %s', async (kind) => {
  for (const drill of DRILLS.filter(({ commands: [first] }) => first?.kind === kind)) {
    expect((await simulate(drill)).violations).toEqual([])
  }
})

describe('a schedule', () => {
  test('is the same for the same seed, and runs the same way', async () => {
    for (const seed of [1, 2, 3]) {
      const [one, other] = [scheduleOf(seed), scheduleOf(seed)]
      expect(one).toEqual(other)
      const traces = [await simulate(one, { traced: true }), await simulate(other, { traced: true })]
      expect(traces[0]).toEqual(traces[1])
    }
  })

  test('has every kind of command and up to twelve tabs, over many seeds', () => {
    const schedules = SEEDS.map(scheduleOf)
    const kinds = new Set(schedules.flatMap(({ commands }) => commands.map(({ kind }) => kind)))
    expect([...kinds].sort()).toEqual(Object.keys(COMMANDS).sort())
    expect(Math.max(...schedules.map(({ tabs }) => tabs))).toBe(MAX_TABS)
  })
})

test('a trace is a table of tabs against time', async () => {
  const [schedule] = Object.values(REGRESSIONS)
  if (!schedule) throw new Error('There is no schedule.')
  const { trace } = await simulate(schedule, { traced: true })
  const [head, , ...rows] = trace.split('\n')
  expect(head?.split('|').map((cell) => cell.trim())).toEqual([
    'seconds',
    'world',
    'tab 0',
    'tab 1',
    'tab 2',
    'record',
  ])
  expect(rows.every((row) => /^ *\d+\.\d{3} \|/.test(row))).toBe(true)
})
