import { expect, test } from 'vitest'
import type { FromPane, PaneReport } from '../protocol/messages.ts'
import { reportOf } from '../protocol/testing.ts'
import type { Grant } from '../server/grant.ts'
import { Bench } from './bench.ts'

const report = (changes?: Partial<PaneReport>): FromPane => ({ type: 'report', report: reportOf(changes) })

function benchWithFrame(load = 'a') {
  const hearing: ((message: FromPane) => void)[] = []
  const bench = new Bench('stock', { post: () => {}, listen: (listener) => void hearing.push(listener) })
  const hear = (message: FromPane) => hearing.forEach((listener) => void listener(message))
  const show = (each: string) => bench.showFrames([{ pane: 'stock-1', load: each, src: '', isSmall: false }])
  show(load)
  return { bench, hear, show }
}

const panes = (bench: Bench) => bench.getState().panes.map(({ pane }) => pane)

test('a pane that was replaced is not heard any more', () => {
  const { bench, hear, show } = benchWithFrame()
  hear(report())
  expect(panes(bench)).toEqual(['stock-1'])
  show('b')
  expect(panes(bench)).toEqual([])
  hear(report({ load: 'a' }))
  expect(panes(bench)).toEqual([])
  hear(report({ load: 'b' }))
  hear({ type: 'gone', pane: 'stock-1', load: 'a', side: 'stock' })
  expect(panes(bench)).toEqual(['stock-1'])
})

test('what is of the other side is not heard', () => {
  const { bench, hear } = benchWithFrame()
  hear(report({ side: 'solotab' }))
  hear({ type: 'note', pane: 'solotab-1', side: 'solotab', note: { kind: 'leader', text: 'leads' } })
  expect(panes(bench)).toEqual([])
  expect(bench.log.marks).toEqual([])
})

test('real tabs come after the frames, until they are gone', () => {
  const { bench, hear } = benchWithFrame()
  hear(report({ pane: 'stock-1-real', load: '', isRealTab: true }))
  hear(report())
  expect(panes(bench)).toEqual(['stock-1', 'stock-1-real'])
  hear({ type: 'gone', pane: 'stock-1-real', load: '', side: 'stock' })
  expect(panes(bench)).toEqual(['stock-1'])
})

test('only who was signed in during the run counts as signed out', () => {
  const { bench, hear } = benchWithFrame()
  hear(report({ status: 'signed-out' }))
  expect(bench.getState().signedOut).toBe(0)
  hear(report())
  hear(report({ status: 'signed-out' }))
  expect(bench.getState().signedOut).toBe(1)
  bench.beginRun()
  expect(bench.getState().signedOut).toBe(0)
})

test('a grant is counted once, also when its answer turns out lost', () => {
  const { bench } = benchWithFrame()
  const grant: Grant = {
    id: 7,
    pane: 'stock-1',
    outcome: 'rotated',
    code: null,
    reuse: false,
    answerLost: false,
  }
  bench.hearGrant(grant)
  bench.hearGrant({ ...grant, answerLost: true })
  expect(bench.getState().grants).toEqual([{ ...grant, answerLost: true }])
  expect(bench.log.marks.map(({ text }) => text)).toEqual(['rotated, answer lost'])
})

test('with a real project the grants are what the panes see', () => {
  const { bench, hear } = benchWithFrame()
  const answered: FromPane = {
    type: 'note',
    pane: 'stock-1',
    side: 'stock',
    note: { kind: 'answered', text: 'answer 429', httpStatus: 429 },
  }
  hear(answered)
  expect(bench.getState().grants).toEqual([])
  bench.countsWhatPanesSee = true
  hear(answered)
  expect(bench.getState().grants).toMatchObject([{ outcome: 'rate-limited' }])
})
