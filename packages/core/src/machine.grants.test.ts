import { describe, expect, test } from 'vitest'
import { ANSWER_WAIT_MS, isEager } from './moves.ts'
import type { State } from './state.ts'
import { endedIn, failureOf, follower, heldOf, leader, NOW_MS, stateOf, viewIn } from './testing/states.ts'
import { namesIn, stepOf } from './testing/steps.ts'

const { ready, failing, asking, granting } = stateOf
const hidden = { leads: false, visible: false }
const wanted = { type: 'tokens-wanted', cause: 'demand' } as const
const forced = { type: 'tokens-wanted', cause: 'forced' } as const
const woke = { type: 'woke' } as const
const question = (rotation: number) =>
  ({
    type: 'message-received',
    message: { v: 1, from: 'other', type: 'grant-wanted', rotation },
    plain: false,
  }) as const

describe('who makes a grant', () => {
  test('the leader, by itself', () => {
    const step = stepOf({ ...ready, tab: leader }, wanted)
    expect(step[0].kind).toBe('granting')
    expect(namesIn(step)).toEqual(['start-grant'])
  })

  test('a follower asks, and waits for a limited time', () => {
    const [next] = stepOf(ready, wanted)
    expect(next).toMatchObject({ kind: 'asking', cause: 'demand', wakeAtMs: NOW_MS + ANSWER_WAIT_MS })
  })

  test('a leader asks too when the newest tokens are in the memory of another tab', () => {
    const step = stepOf({ ...ready, tab: leader, view: viewIn(5, { durable: false }) }, wanted)
    expect(namesIn(step)).toEqual(['grant-wanted'])
  })

  test('a follower that holds the newest tokens in memory does not ask', () => {
    const step = stepOf({ ...ready, view: viewIn(5, { durable: false }), keeps: true }, wanted)
    expect(namesIn(step)).toEqual(['start-grant'])
  })

  test('a follower that has had no answer, with the cause that it asked for', () => {
    const [next, effects] = stepOf({ ...asking, cause: 'forced' }, woke)
    expect(next).toMatchObject({ kind: 'granting', cause: 'forced', wakeAtMs: null })
    expect(effects).toMatchObject([{ type: 'start-grant', cause: 'forced', serves: false }])
  })

  test('a follower that is elected while it waits, at once', () => {
    const step = stepOf(asking, { type: 'leadership-changed', leads: true })
    expect(namesIn(step)).toEqual(['read-record', 'start-grant'])
  })

  test('nobody twice: a wish during a grant changes nothing', () => {
    expect(stepOf(granting, forced)).toEqual([granting, []])
    expect(stepOf(asking, forced)).toEqual([asking, []])
  })
})

describe('a question from another tab', () => {
  test('the leader answers it with a grant', () => {
    const [next, effects] = stepOf({ ...ready, tab: leader }, question(5))
    expect(next).toMatchObject({ kind: 'granting', cause: 'asked' })
    expect(effects).toMatchObject([{ type: 'start-grant', cause: 'asked', serves: true }])
  })

  test('the leader answers with what is newer already', () => {
    const step = stepOf({ ...ready, tab: leader }, question(4))
    expect(step[0].kind).toBe('ready')
    expect(namesIn(step)).toEqual(['session'])
  })

  test('a follower leaves it to the leader', () => {
    expect(stepOf(ready, question(5))).toEqual([ready, []])
    expect(stepOf(ready, question(4))).toEqual([ready, []])
  })

  test('a leader that is at it lets it wait for the result', () => {
    const state = { ...granting, tab: leader }
    expect(stepOf(state, question(5))).toEqual([state, []])
  })

  test('I9: a leader whose budget is spent answers with the failure', () => {
    const view = { ...viewIn(5), failure: failureOf({ lastAttemptMs: NOW_MS - 500 }) }
    const step = stepOf({ ...failing, tab: leader, view }, question(5))
    expect(step[0].kind).toBe('failing')
    expect(namesIn(step)).toEqual(['session'])
  })

  test('a leader that is signed out says so', () => {
    const step = stepOf({ ...stateOf['signed-out'], tab: leader, view: endedIn(6) }, question(5))
    expect(namesIn(step)).toEqual(['session'])
  })
})

describe('when grants fail', () => {
  const notDue = { ...viewIn(5), failure: failureOf({ nextAttemptMs: NOW_MS + 10_000 }) }
  const state: State = { ...failing, tab: leader, view: notDue, wakeAtMs: NOW_MS + 10_000 }

  test('I9: a demand waits for the next attempt', () => {
    expect(stepOf(state, wanted)).toEqual([state, []])
  })

  test('a forced rotation does not, once a second has passed', () => {
    expect(stepOf(state, forced)[0].kind).toBe('granting')
    const failure = failureOf({ lastAttemptMs: NOW_MS - 999 })
    expect(stepOf({ ...failing, tab: leader, view: { ...notDue, failure } }, forced)[0].kind).toBe('failing')
  })

  test('nothing goes before the time that the server named', () => {
    const failure = failureOf({ notBeforeMs: NOW_MS + 1, nextAttemptMs: NOW_MS + 1 })
    const barred: State = { ...failing, tab: leader, view: { ...notDue, failure } }
    expect(stepOf(barred, forced)[0].kind).toBe('failing')
    expect(stepOf(barred, { type: 'page-changed', fact: 'online' })[0].kind).toBe('failing')
  })

  test('going on line tries again at once, and reads the record', () => {
    const step = stepOf(state, { type: 'page-changed', fact: 'online' })
    expect(step[0]).toMatchObject({ kind: 'granting', cause: 'online' })
    expect(namesIn(step)).toEqual(['read-record', 'start-grant'])
  })

  test('a failure noted before the clock was put back bars nothing', () => {
    const failure = failureOf({ lastAttemptMs: NOW_MS + 86_400_000, nextAttemptMs: NOW_MS + 86_500_000 })
    expect(stepOf({ ...failing, tab: leader, view: { ...notDue, failure } }, wanted)[0].kind).toBe('granting')
  })

  test('a failed grant is told to all, and the next attempt is set', () => {
    const failure = failureOf({ nextAttemptMs: NOW_MS + 4000 })
    const step = stepOf(
      { ...granting, tab: leader },
      { type: 'grant-ended', outcome: 'failed', view: { ...viewIn(5), failure }, failure: null },
    )
    expect(step[0]).toMatchObject({ kind: 'failing', wakeAtMs: NOW_MS + 4000 })
    expect(namesIn(step)).toEqual(['session'])
  })

  test('a grant that could not reach the record fails here alone', () => {
    const failure = failureOf({ nextAttemptMs: NOW_MS + 4000 })
    const step = stepOf(granting, { type: 'grant-ended', outcome: 'failed', view: null, failure })
    expect(step[0]).toMatchObject({ kind: 'failing', view: { failure } })
    // What this tab knows may not be true.
    expect(namesIn(step)).toEqual(['read-record'])
  })

  test('a grant that was put off knows the failure, even of an older generation', () => {
    const failure = failureOf()
    const [next] = stepOf(granting, {
      type: 'grant-ended',
      outcome: 'deferred',
      view: { ...viewIn(4), failure },
      failure: null,
    })
    expect(next).toMatchObject({ kind: 'failing', view: { generation: 5, failure } })
  })

  test('a visible follower leaves the next attempt to the leader for a while', () => {
    const [next] = stepOf(granting, {
      type: 'grant-ended',
      outcome: 'failed',
      view: { ...viewIn(5), failure: failureOf({ nextAttemptMs: NOW_MS + 4000 }) },
      failure: null,
    })
    expect(next.wakeAtMs).toBe(NOW_MS + 6000)
  })

  test('causes of a person or another tab are eager, the schedule is not', () => {
    expect((['forced', 'online', 'asked', 'schedule', 'demand'] as const).map(isEager)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

describe('the wake-up', () => {
  test('a hidden follower has none', () => {
    const [next] = stepOf({ ...ready, tab: follower }, { type: 'page-changed', fact: 'hidden' })
    expect(next).toMatchObject({ tab: hidden, wakeAtMs: null })
  })

  test('a page that is shown has one, and reads the record', () => {
    const step = stepOf({ ...ready, tab: hidden, wakeAtMs: null }, { type: 'page-changed', fact: 'shown' })
    expect(step[0].wakeAtMs).toBeGreaterThan(NOW_MS)
    expect(namesIn(step)).toEqual(['read-record'])
  })

  test("the leader's is before the followers'", () => {
    const [led] = stepOf({ ...ready }, { type: 'leadership-changed', leads: true }, 0.99)
    const [followed] = stepOf({ ...ready, tab: leader }, { type: 'leadership-changed', leads: false }, 0)
    expect(led.wakeAtMs).toBeLessThan(followed.wakeAtMs ?? 0)
  })

  test.each([
    ['by milliseconds, as timers are', 3],
    ['by hours, since the clock was put back', 86_400_000],
  ])('comes of the timer, though that seems early %s', (_, aheadMs) => {
    const state = { ...ready, tab: leader, wakeAtMs: NOW_MS + aheadMs }
    expect(stepOf(state, woke)[0].kind).toBe('granting')
  })

  test('a tab that cannot read, and hears nothing from others, is signed out', () => {
    const [next] = stepOf(stateOf.loading, woke)
    expect(next).toMatchObject({ kind: 'signed-out', view: { generation: 0, endReason: 'no-session' } })
  })
})

describe('a page that is left and returns', () => {
  test('keeps what it knows, leaves everything, and does not lead any more', () => {
    const [next] = stepOf({ ...granting, tab: leader }, { type: 'page-changed', fact: 'left' })
    expect(next).toMatchObject({ kind: 'suspended', tab: { leads: false }, before: { kind: 'granting' } })
  })

  test('rests where it was busy, joins and reads', () => {
    const [left] = stepOf(granting, { type: 'page-changed', fact: 'left' })
    const step = stepOf(left, { type: 'page-changed', fact: 'returned' })
    expect(step[0].kind).toBe('ready')
    expect(namesIn(step)).toEqual(['join', 'read-record'])
  })

  test('goes on loading if it was loading', () => {
    const [left] = stepOf(stateOf.loading, { type: 'page-changed', fact: 'left' })
    const step = stepOf(left, { type: 'page-changed', fact: 'returned' })
    expect(step[0].kind).toBe('loading')
    expect(namesIn(step)).toEqual(['join', 'read-record'])
  })

  test('minds whether it is visible meanwhile', () => {
    const [shown] = stepOf({ ...stateOf.suspended, tab: hidden }, { type: 'page-changed', fact: 'shown' })
    expect(shown.tab.visible).toBe(true)
    const [back] = stepOf(shown, { type: 'page-changed', fact: 'returned' })
    expect(back).toMatchObject({ kind: 'ready', tab: { visible: true } })
  })
})

test('a sign-out while granting cancels the grant and is told to all', () => {
  const step = stepOf(granting, { type: 'record-written', view: endedIn(6) })
  expect(step[0]).toMatchObject({ kind: 'signed-out', view: { endReason: 'signed-out' } })
  expect(namesIn(step)).toEqual(['cancel-grant', 'session'])
})

test('members that change while granting leave the grant alone', () => {
  const amended = viewIn(6, { session: heldOf(5) })
  const step = stepOf(granting, { type: 'record-written', view: amended })
  expect(step[0]).toMatchObject({ kind: 'granting', view: { generation: 6 } })
  expect(namesIn(step)).toEqual(['session'])
})

describe('what a reading that was under way has brought before', () => {
  test('is told to the others all the same, after a sign-in here', () => {
    const step = stepOf(ready, { type: 'record-written', view: viewIn(5) })
    expect(step[0]).toMatchObject({ kind: 'ready', view: ready.view })
    expect(namesIn(step)).toEqual(['session'])
  })

  test('was a sign-out here, whatever the reading took it for', () => {
    const elsewhere = { ...stateOf['signed-out'], view: endedIn(5, { endReason: 'signed-out-elsewhere' }) }
    const step = stepOf(elsewhere as never, { type: 'record-written', view: endedIn(5) })
    expect(step[0]).toMatchObject({ kind: 'signed-out', view: { endReason: 'signed-out' } })
    expect(namesIn(step)).toEqual(['session'])
  })

  test.each(['rotated', 'refused'] as const)(
    'is told to the others all the same, after a grant that %s',
    (outcome) => {
      const step = stepOf(ready, { type: 'grant-ended', outcome, view: viewIn(5), failure: null })
      expect(step[0]).toBe(ready)
      expect(namesIn(step)).toEqual(['session'])
    },
  )

  test('is not told again after a grant that adopted it', () => {
    expect(
      stepOf(ready, { type: 'grant-ended', outcome: 'adopted', view: viewIn(5), failure: null }),
    ).toEqual([ready, []])
  })
})
