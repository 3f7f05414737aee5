import { expect, test } from 'vitest'
import { describeMark } from './describe-mark.ts'

test('a mark says who, when and what', () => {
  const mark = { id: 1, atMs: 1234, kind: 'rotated', pane: 'stock-3', text: 'rotated' } as const
  expect(describeMark(mark)).toBe('Tab 3, after 1.23 s: rotated')
  expect(describeMark({ ...mark, pane: null, text: 'offline' })).toBe('All tabs, after 1.23 s: offline')
})
