import { expect, test } from 'vitest'
import { between, withoutNotes } from './readme.ts'

const BEGIN = '<!-- versions: written by `pnpm versions --write` -->'

test('only what is between the marks changes, and doing it again changes nothing', () => {
  const text = `above\n${BEGIN}\nold\n<!-- /versions -->\nbelow\n`
  const changed = between(text, 'versions', 'new')
  expect(changed).toBe(`above\n${BEGIN}\nnew\n<!-- /versions -->\nbelow\n`)
  expect(between(changed, 'versions', 'new')).toBe(changed)
})

test.each(['no marks', `${BEGIN} without an end`])('a text with %s is an error', (text) => {
  expect(() => between(text, 'versions', 'new')).toThrow(/README/)
})

test('a table says the same whatever its notes are, and something else with another word', () => {
  const table = (cell: string, note: string) => `| yes | ${cell} |\n\n(1) ${note}  \n(2) another  \n`
  expect(withoutNotes(table('yes (1)', 'this'))).toBe(withoutNotes(table('yes (2)', 'that')))
  expect(withoutNotes(table('yes (1)', 'this'))).not.toBe(withoutNotes(table('skipped (1)', 'this')))
})
