import { expect, test } from 'vitest'
import { type PaneSession, stockSession } from './pane-session.ts'
import { notesOn } from './reporter.ts'

const out: PaneSession = stockSession(null)
const ada: PaneSession = { ...out, status: 'signed-in', email: 'ada@example.com' }
const kinds = (before: PaneSession | null, now: PaneSession) => notesOn(before, now).map(({ kind }) => kind)

test('a sign-in, another user and a sign-out are noted', () => {
  expect(kinds(null, ada)).toEqual(['signed-in'])
  expect(kinds(ada, { ...ada, email: 'grace@example.com' })).toEqual(['signed-in'])
  expect(notesOn(ada, { ...out, reason: 'account banned' })).toEqual([
    { kind: 'signed-out', text: 'signed out: account banned' },
  ])
})

test('what did not change is not noted', () => {
  expect(kinds(ada, { ...ada, generation: 4 })).toEqual([])
  expect(kinds(null, out)).toEqual([])
})

test('becoming the leader is noted, staying it is not', () => {
  expect(kinds({ ...ada, role: 'follower' }, { ...ada, role: 'leader' })).toEqual(['leader'])
  expect(kinds({ ...ada, role: 'leader' }, { ...ada, role: 'leader' })).toEqual([])
})
