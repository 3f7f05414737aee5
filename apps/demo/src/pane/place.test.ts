import { expect, test } from 'vitest'
import { addressOf, nameOf, readPlace } from './place.ts'

test('a pane reads from its address what the lab wrote there', () => {
  const { search } = new URL(addressOf('stock', 'stock-2', '7', 'stock-1'), 'http://lab/')
  expect(readPlace(search, false)).toEqual({
    side: 'stock',
    pane: 'stock-2',
    isRealTab: false,
    load: '7',
    original: 'stock-1',
  })
})

test.each(['', '?side=stock', '?side=other&tab=other-1', '?side=stock&tab=solotab-1'])(
  'no pane is at %j',
  (search) => expect(readPlace(search, true)).toBeNull(),
)

test('panes have a name that people can read', () => {
  expect(nameOf('solotab-12')).toBe('Tab 12')
  expect(nameOf('solotab-3-real')).toBe('Tab 3 (real)')
})
