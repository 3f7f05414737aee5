import { expect, test } from 'vitest'
import { chosenBy } from './client-versions.ts'

test('versions are chosen by their names, and not chosen where nothing is said', () => {
  expect(chosenBy('2.49, 2.39')).toEqual(['2.39', '2.49'])
  expect(chosenBy(undefined)).toBeNull()
})

test.each(['', '2.38', '2.39,', '2.39,2.4', 'newest'])(
  '"%s" is an error that says which there are',
  (list) => {
    expect(() => chosenBy(list)).toThrow(/SOLOTAB_CLIENTS.*2\.39.*2\.119/)
  },
)
