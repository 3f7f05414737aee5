import { expect, test } from 'vitest'
import type { Mark, MarkKind } from '../bench/mark.ts'
import { spansOf } from './spans.ts'

const mark = (atMs: number, kind: MarkKind, pane: string | null): Mark => ({
  id: atMs,
  atMs,
  kind,
  pane,
  text: '',
})

test('one leads until another does, or it is closed', () => {
  const marks = [mark(0, 'leader', 'a'), mark(5, 'leader', 'b'), mark(9, 'closed', 'b')]
  expect(spansOf(marks)).toEqual([
    { kind: 'leads', pane: 'a', fromMs: 0, toMs: 5 },
    { kind: 'leads', pane: 'b', fromMs: 5, toMs: 9 },
  ])
})

test('a frozen pane may lead all the same, and what has not ended lasts', () => {
  const marks = [
    mark(0, 'leader', 'a'),
    mark(1, 'frozen', 'a'),
    mark(2, 'frozen', 'b'),
    mark(3, 'thawed', 'a'),
  ]
  expect(spansOf(marks)).toEqual([
    { kind: 'frozen', pane: 'a', fromMs: 1, toMs: 3 },
    { kind: 'leads', pane: 'a', fromMs: 0, toMs: null },
    { kind: 'frozen', pane: 'b', fromMs: 2, toMs: null },
  ])
})

test('all are off line until the network is back', () => {
  expect(spansOf([mark(1, 'offline', null), mark(4, 'online', null)])).toEqual([
    { kind: 'offline', pane: null, fromMs: 1, toMs: 4 },
  ])
})
