import { expect, test } from 'vitest'
import { SCENARIOS, scenarioIn } from './scenarios.ts'

test('each can be linked by an id of its own', () => {
  const ids = SCENARIOS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const scenario of SCENARIOS) {
    expect(scenarioIn(`?scenario=${scenario.id}`)).toEqual({ scenario, isMeant: true, unknown: null })
  }
})

test('an address that asks for none of them has the first one, and what it asks for is known', () => {
  const [scenario] = SCENARIOS
  expect(scenarioIn('')).toEqual({ scenario, isMeant: false, unknown: null })
  expect(scenarioIn('?scenario=nothing')).toEqual({ scenario, isMeant: false, unknown: 'nothing' })
})

test('each says what happens in one sentence', () => {
  for (const { sentence } of SCENARIOS) expect(sentence).toMatch(/^[A-Z][^.]+\.$/)
})

test('each that does not keep its session where apps usually do says where', () => {
  const unusual = SCENARIOS.filter(({ storage }) => storage)
  expect(unusual.map(({ id }) => id)).toEqual(['stale-tab'])
  for (const { sentence } of unusual) expect(sentence).toMatch(/keeps its session in sessionStorage/)
})
