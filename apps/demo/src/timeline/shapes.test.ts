import { expect, test } from 'vitest'
import { LEGEND, SHAPES } from './shapes.ts'

test('the legend has every kind of mark, once', () => {
  const named = LEGEND.flatMap(({ kinds }) => kinds)
  expect(named.toSorted()).toEqual(Object.keys(SHAPES).toSorted())
})
