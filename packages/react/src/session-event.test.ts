import { describe, expect, test } from 'vitest'
import { happened, type SessionEvents } from './session-event.ts'
import type { SessionState } from './session-state.ts'
import { sessionOf, signedIn, signedOut, type UserSession } from './testing/fake-coordinator.ts'

const types = ['signed-in', 'signed-out', 'rotated', 'refresh-failed', 'refresh-recovered'] as const
// Each type is in the list, or this does not compile.
void (types satisfies readonly (keyof SessionEvents)[])

const stateOf = (snapshot: object) => snapshot as SessionState<UserSession>
const eventsFrom = (before: object, after: object) =>
  types.filter((type) => happened(type, stateOf(before), stateOf(after)))

const failing = (generation: number) => ({
  ...signedIn(generation),
  refreshFailing: {
    sinceMs: 1,
    attempts: 1,
    lastAttemptMs: 1,
    nextAttemptMs: 2,
    notBeforeMs: 0,
    code: '500',
  },
})
const withToken = (generation: number, refresh_token: string, id = 'ada') =>
  signedIn(generation, { ...sessionOf(generation, { id, name: id }), refresh_token })

describe('events between two states', () => {
  for (const [what, before, after, expected] of [
    ['a sign-in', signedOut(1, 'no-session'), signedIn(2), ['signed-in']],
    ['a sign-out', signedIn(1), signedOut(2, 'signed-out-elsewhere'), ['signed-out']],
    ['another reason to be signed out', signedOut(1, 'expired'), signedOut(2, 'signed-out'), []],
    ['a rotation', signedIn(1), signedIn(2), ['rotated']],
    ['a changed user', signedIn(1), { ...signedIn(2), session: sessionOf(1, { id: 'ada', name: 'A.' }) }, []],
    ['a refresh that fails', signedIn(1), { ...failing(1), session: sessionOf(1) }, ['refresh-failed']],
    ['a refresh that fails again', failing(1), { ...failing(1), generation: 2 }, []],
    ['a refresh that works again', failing(1), signedIn(2), ['rotated', 'refresh-recovered']],
    [
      'another sign-in, known by its handle',
      withToken(1, 'solotab-1'),
      withToken(2, 'solotab-2'),
      ['signed-in'],
    ],
    ['a rotation with plain refresh tokens', withToken(1, 'one'), withToken(2, 'two'), ['rotated']],
    [
      'another user with plain refresh tokens',
      withToken(1, 'one'),
      withToken(2, 'two', 'bob'),
      ['signed-in'],
    ],
    ['nothing', signedIn(1), signedIn(1), []],
  ] as const) {
    test(what, () => {
      expect(eventsFrom(before, after)).toEqual(expected)
    })
  }
})
