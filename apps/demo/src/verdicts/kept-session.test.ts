import { expect, test } from 'vitest'
import { keptSession } from './kept-session.ts'
import { outcomeWith, signedIn } from './testing.ts'

const out = { status: 'signed-out' } as const

test('one grant for all tabs holds', () => {
  expect(keptSession(outcomeWith(signedIn(30), ['rotated']), 1)).toEqual({
    tone: 'good',
    text: '1 grant reached the server; all 30 tabs are still signed in.',
  })
})

test('more grants than it takes are costly', () => {
  expect(keptSession(outcomeWith(signedIn(2), ['rotated', 'answered-again']), 1)).toEqual({
    tone: 'costly',
    text: '2 grants reached the server (1 rotated, 1 answered again); both tabs are still signed in.',
  })
  expect(keptSession(outcomeWith(signedIn(2), ['rotated', 'answered-again']), 2).tone).toBe('good')
})

test('a 429 is costly, however few the grants', () => {
  expect(keptSession(outcomeWith(signedIn(1), ['rate-limited']), 1)).toEqual({
    tone: 'costly',
    text: '1 grant reached the server (1 met with 429); the one tab is still signed in.',
  })
})

test('a tab that is signed out is broken', () => {
  expect(keptSession(outcomeWith([out, out], ['refused']), 1)).toEqual({
    tone: 'bad',
    text: 'Both tabs are signed out: 1 grant reached the server (1 refused).',
  })
  expect(keptSession(outcomeWith([out, {}, {}], ['rotated']), 1).text).toBe(
    '1 tab of 3 is signed out: 1 grant reached the server.',
  )
})

test('a tab that is signed in and has no data is broken, too', () => {
  expect(keptSession(outcomeWith(signedIn(12), [], { withoutData: 7 }), 1)).toEqual({
    tone: 'bad',
    text: 'No grant reached the server; 7 tabs of 12 are without data, though signed in.',
  })
})

test('a sign-in that was shown meanwhile is said, and one that was not lost is not', () => {
  expect(keptSession(outcomeWith(signedIn(6), ['rotated'], { signedInMeanwhile: 4 }), 1)).toEqual({
    tone: 'costly',
    text: '1 grant reached the server; all 6 tabs are still signed in, though 2 tabs showed a sign-in meanwhile.',
  })
  expect(keptSession(outcomeWith(signedIn(6), ['rotated'], { signedInMeanwhile: 6 }), 1).tone).toBe('good')
})
