import { expect, test } from 'vitest'
import { layOut } from './lanes.ts'

test('each pane has a lane, one below the other, and real tabs come after them', () => {
  const lanes = layOut('stock', 2, ['stock-2', 'stock-1-real'])
  expect(lanes.panes).toEqual(['stock-1', 'stock-2', 'stock-1-real'])
  const [first = 0, second = 0, third = 0] = lanes.panes.map(lanes.y)
  expect([second - first, third - second]).toEqual([lanes.laneHeight, lanes.laneHeight])
  expect(third + lanes.laneHeight / 2).toBeLessThan(lanes.height)
})

test('what is of all panes is on the axis', () => {
  const lanes = layOut('stock', 2, [])
  expect(lanes.y(null)).toBeLessThan(lanes.y('stock-1'))
  expect(lanes.y('stock-99')).toBe(lanes.y(null))
})

test('many lanes are thin', () => {
  expect(layOut('stock', 30, []).height).toBeLessThan(layOut('stock', 12, []).height * 1.25)
})
