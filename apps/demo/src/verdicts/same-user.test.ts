import { expect, test } from 'vitest'
import { sameUser } from './same-user.ts'
import { outcomeWith } from './testing.ts'

const GRACE = 'grace@example.com'

test('it holds when every tab shows the new user', () => {
  expect(sameUser(outcomeWith([{ email: GRACE }, { email: GRACE }], []), GRACE)).toEqual({
    tone: 'good',
    text: 'Both tabs show Grace: the late answer for Ada changed nothing.',
  })
})

test('a tab with another user, or with none, is broken', () => {
  const panes = [{ email: GRACE }, {}, { status: 'signed-out', email: null } as const]
  expect(sameUser(outcomeWith(panes, []), GRACE)).toEqual({
    tone: 'bad',
    text: '2 tabs of 3 did not change to Grace.',
  })
})
