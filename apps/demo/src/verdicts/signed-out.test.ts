import { expect, test } from 'vitest'
import { endedByServer, signedOutEverywhere } from './signed-out.ts'
import { outcomeWith, signedIn } from './testing.ts'

const out = { status: 'signed-out' } as const
const told = { ...out, reason: 'account banned' }

test('a sign-out holds when it reaches every tab, told or not', () => {
  expect(signedOutEverywhere(outcomeWith([out, out], []))).toEqual({
    tone: 'good',
    text: 'Both tabs are signed out, the late answer brought nobody back, and no tab can say why.',
  })
  expect(signedOutEverywhere(outcomeWith([told, told], [])).text).toMatch(/each can say why\.$/)
})

test('a tab that goes on is broken', () => {
  expect(signedOutEverywhere(outcomeWith([out, {}, out], []))).toEqual({
    tone: 'bad',
    text: '1 tab of 3 went on as signed in.',
  })
})

test('an end by the server takes one question', () => {
  expect(endedByServer(outcomeWith([told, told], ['refused']))).toEqual({
    tone: 'good',
    text: '1 grant reached the server (1 refused); both tabs are signed out, and each can say why.',
  })
  expect(endedByServer(outcomeWith([out, out], ['refused', 'refused']))).toEqual({
    tone: 'costly',
    text: '2 grants reached the server (2 refused); both tabs are signed out, and no tab can say why.',
  })
  expect(endedByServer(outcomeWith(signedIn(2), ['refused']))).toEqual({
    tone: 'bad',
    text: '2 tabs of 2 went on as signed in: 1 grant reached the server (1 refused).',
  })
})
