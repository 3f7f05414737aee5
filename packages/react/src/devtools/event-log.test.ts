import type { Diagnostic } from '@solotab/core'
import { expect, test } from 'vitest'
import { createEventLog } from './event-log.ts'

const coordinator = () => {
  const listeners = new Set<(event: Diagnostic) => void>()
  return {
    onDiagnostic(listener: (event: Diagnostic) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell: () => {
      for (const listener of listeners) listener({ type: 'storage-restored', atMs: 0, tab: 'one' })
    },
  }
}

test('the newest event is the first, and only the newest 200 are kept', () => {
  const source = coordinator()
  const log = createEventLog(source)
  source.tell()
  expect(log.getSnapshot()).toEqual([])
  const stop = log.start()
  for (let events = 0; events < 250; events++) source.tell()
  expect(log.getSnapshot().map(({ number }) => number)).toEqual(
    Array.from({ length: 200 }, (_, index) => 250 - index),
  )
  stop()
  source.tell()
  expect(log.getSnapshot()[0]?.number).toBe(250)
})

test('subscribers hear of events and of clearing; the list is the same until then', () => {
  const source = coordinator()
  const log = createEventLog(source)
  log.start()
  let heard = 0
  const end = log.subscribe(() => {
    heard += 1
  })
  source.tell()
  expect(log.getSnapshot()).toBe(log.getSnapshot())
  log.clear()
  expect(log.getSnapshot()).toEqual([])
  expect(heard).toBe(2)
  end()
  source.tell()
  expect(heard).toBe(2)
})
