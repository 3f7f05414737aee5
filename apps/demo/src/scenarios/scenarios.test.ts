import { expect, test } from 'vitest'
import { SCENARIOS, scenarioIn } from './scenarios.ts'

test('each can be linked by an id of its own', () => {
  const ids = SCENARIOS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const scenario of SCENARIOS) expect(scenarioIn(`?scenario=${scenario.id}`)).toBe(scenario)
  expect(scenarioIn('?scenario=nothing')).toBeNull()
  expect(scenarioIn('')).toBeNull()
})

test('each says what happens in one sentence', () => {
  for (const { sentence } of SCENARIOS) expect(sentence).toMatch(/^[A-Z][^.]+\.$/)
})
