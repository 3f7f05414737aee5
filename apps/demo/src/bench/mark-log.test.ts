import { beforeEach, expect, test, vi } from 'vitest'
import { MarkLog } from './mark-log.ts'

let nowMs = 0
beforeEach(() => {
  nowMs = 1000
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
})

test('marks stand at the time since the run began, and none comes after its end', () => {
  const log = new MarkLog()
  log.begin()
  nowMs += 250
  log.add('rotated', 'stock-1', 'rotated')
  nowMs += 250
  log.end()
  nowMs += 250
  log.add('message', 'stock-1', 'too late')
  expect(log.marks).toMatchObject([{ atMs: 250, kind: 'rotated' }])
  expect(log.elapsedMs).toBe(500)
  expect(log.isRunning).toBe(false)
})

test('another run begins with no marks, in another list', () => {
  const log = new MarkLog()
  log.add('message', null, 'of before')
  const before = log.marks
  log.begin()
  expect(log.marks).toEqual([])
  expect(log.marks).not.toBe(before)
})

test('the newest mark with a text is rewritten', () => {
  const log = new MarkLog()
  log.add('rotated', 'stock-1', 'rotated')
  log.add('rotated', 'stock-1', 'rotated')
  log.rewrite('stock-1', 'rotated', 'rotated, answer lost')
  log.rewrite('stock-2', 'rotated', 'of another pane')
  expect(log.marks.map(({ text }) => text)).toEqual(['rotated', 'rotated, answer lost'])
})
