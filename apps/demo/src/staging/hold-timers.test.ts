import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Gate } from './gate.ts'
import { holdTimers } from './hold-timers.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function stagedPage() {
  const gate = new Gate()
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis
  const page = { setTimeout, clearTimeout, setInterval, clearInterval }
  holdTimers(gate, page)
  return { gate, page }
}

test('a frozen page runs what was due when it thaws, an interval once', () => {
  const { gate, page } = stagedPage()
  const ran: string[] = []
  page.setTimeout((word: string) => ran.push(word), 10, 'timeout')
  page.setInterval(() => ran.push('tick'), 20)
  gate.freeze()
  vi.advanceTimersByTime(100)
  expect(ran).toEqual([])
  gate.thaw()
  expect(ran).toEqual(['timeout', 'tick'])
  vi.advanceTimersByTime(20)
  expect(ran).toEqual(['timeout', 'tick', 'tick'])
})

test('a timer that is cleared while it is held does not run', () => {
  const { gate, page } = stagedPage()
  const ran: string[] = []
  const timeout = page.setTimeout(() => ran.push('timeout'), 10)
  const interval = page.setInterval(() => ran.push('tick'), 10)
  gate.freeze()
  vi.advanceTimersByTime(100)
  page.clearTimeout(timeout)
  page.clearInterval(interval)
  gate.thaw()
  vi.advanceTimersByTime(100)
  expect(ran).toEqual([])
})
