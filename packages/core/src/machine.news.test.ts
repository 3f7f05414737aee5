import { describe, expect, test } from 'vitest'
import type { EventBody } from './events.ts'
import { STATE_WAIT_MS } from './machine.ts'
import type { View } from './record.ts'
import { endedIn, failureOf, heldOf, leader, NOW_MS, stateOf, viewIn } from './testing/states.ts'
import { namesIn, stepOf } from './testing/steps.ts'

const { ready, failing, asking, granting, loading } = stateOf
const signedOut = stateOf['signed-out']

const message = (view: View, plain = false): EventBody => ({
  type: 'message-received',
  message: { v: 1, from: 'other', type: 'session', ...view },
  plain,
})
const read = (view: View, since: View | null = viewIn(5)): EventBody => ({ type: 'record-read', view, since })
const asked = (generation: number): EventBody => ({
  type: 'message-received',
  message: { v: 1, from: 'other', type: 'state-wanted', generation },
  plain: false,
})

describe('a message about the session', () => {
  test('of the next generation is taken at its word, and checked', () => {
    const step = stepOf(ready, message(viewIn(6)))
    expect(step[0]).toMatchObject({ kind: 'ready', view: { generation: 6 } })
    expect(namesIn(step)).toEqual(['check-record'])
  })

  test('of the same generation changes nothing', () => {
    expect(stepOf(ready, message(viewIn(5)))).toEqual([ready, []])
  })

  test('I3: of an older generation changes nothing, unless the record says so too', () => {
    expect(stepOf(ready, message(viewIn(4)))).toEqual([ready, [{ type: 'read-record' }]])
    expect(stepOf(ready, message(viewIn(4, { durable: false })))).toEqual([ready, []])
  })

  test('of other things in the same generation makes the tab read the record, which decides', () => {
    expect(stepOf(ready, message(endedIn(5)))).toEqual([ready, [{ type: 'read-record' }]])
  })

  test.each([
    ['more than one generation ahead', viewIn(7)],
    ['of another sign-in', viewIn(6, { session: heldOf(6, { handle: 'other' }) })],
  ])('%s only makes the tab read the record', (_, view) => {
    const step = stepOf(ready, message(view))
    expect(step[0]).toBe(ready)
    expect(namesIn(step)).toEqual(['read-record'])
  })

  test('makes a tab that is signed out read the record, whatever it says', () => {
    expect(stepOf(signedOut, message(viewIn(6)))).toEqual([signedOut, [{ type: 'read-record' }]])
    expect(stepOf(signedOut, message(endedIn(6)))).toEqual([signedOut, [{ type: 'read-record' }]])
  })

  test('makes an app with plain tokens read them from the record', () => {
    const step = stepOf(ready, message(viewIn(6), true))
    expect(step[0]).toBe(ready)
    expect(namesIn(step)).toEqual(['read-record'])
  })

  test('that no store has is taken at its word, and goes past what this page holds', () => {
    const view = viewIn(9, { durable: false, session: heldOf(9, { handle: 'other' }) })
    const step = stepOf({ ...ready, keeps: true }, message(view))
    expect(step[0]).toMatchObject({ kind: 'ready', view: { generation: 9, durable: false }, keeps: false })
    expect(namesIn(step)).toEqual(['heed'])
  })

  test('that no store has answers a tab that is loading', () => {
    const step = stepOf(loading, message(viewIn(9, { durable: false })))
    expect(step[0]).toMatchObject({ kind: 'ready', view: { generation: 9 } })
  })

  test('that others have stored meanwhile makes the tab read it', () => {
    const step = stepOf({ ...ready, view: viewIn(5, { durable: false }) }, message(viewIn(5)))
    expect(namesIn(step)).toEqual(['read-record'])
  })

  test('of new members while granting leaves the grant alone', () => {
    const step = stepOf(granting, message(viewIn(6, { session: heldOf(5) })))
    expect(step[0]).toMatchObject({ kind: 'granting', view: { generation: 6 } })
    expect(namesIn(step)).not.toContain('cancel-grant')
  })

  test('I5: of its end ends nothing, and makes the tab read the record', () => {
    expect(stepOf(ready, message(endedIn(6)))).toEqual([ready, [{ type: 'read-record' }]])
  })

  test('of a sign-out elsewhere says so once the record has confirmed it', () => {
    const [next] = stepOf(ready, read(endedIn(6)))
    expect(next).toMatchObject({ kind: 'signed-out', view: { endReason: 'signed-out-elsewhere' } })
    const [revoked] = stepOf(ready, read(endedIn(6, { endReason: 'revoked' })))
    expect(revoked).toMatchObject({ kind: 'signed-out', view: { endReason: 'revoked' } })
  })
})

describe('a message about a failure', () => {
  const news = failureOf({ lastAttemptMs: NOW_MS, nextAttemptMs: NOW_MS + 9000 })

  test('ends the wait of a tab that asked', () => {
    const [next] = stepOf(asking, message({ ...viewIn(5), failure: news }))
    expect(next).toMatchObject({ kind: 'failing', view: { failure: news } })
  })

  test('does not disturb a grant of this tab', () => {
    expect(stepOf(granting, message({ ...viewIn(5), failure: news }))).toEqual([granting, []])
  })

  test('that is known already, or older, changes nothing', () => {
    expect(stepOf(failing, message(failing.view))).toEqual([failing, []])
    const older = failureOf({ lastAttemptMs: NOW_MS - 6000 })
    expect(stepOf(failing, message({ ...viewIn(5), failure: older }))).toEqual([failing, []])
  })
})

describe('what the record says', () => {
  test('to a tab that is loading: it is signed in, or out', () => {
    expect(stepOf(loading, read(viewIn(3), null))[0]).toMatchObject({ kind: 'ready', keeps: false })
    expect(stepOf(loading, read(endedIn(3), null))[0].kind).toBe('signed-out')
  })

  test('to a tab that is loading: others may hold more than the store', () => {
    expect(namesIn(stepOf(loading, read(viewIn(3), null)))).toEqual(['state-wanted'])
  })

  test('nothing, where it cannot be read: the tab asks the others for a while', () => {
    const step = stepOf(loading, read(endedIn(0, { durable: false }), null))
    expect(step[0]).toMatchObject({ kind: 'loading', wakeAtMs: NOW_MS + STATE_WAIT_MS })
    expect(namesIn(step)).toEqual(['state-wanted'])
  })

  test('overrides a message that goes beyond it', () => {
    const [next] = stepOf({ ...ready, view: viewIn(6) }, read(viewIn(5), viewIn(6)))
    expect(next).toMatchObject({ kind: 'ready', view: { generation: 5 } })
  })

  test('does not override what came since the reading began', () => {
    const state = { ...ready, view: viewIn(6) }
    expect(stepOf(state, read(viewIn(5)))).toEqual([state, []])
  })

  test('does not override a generation that came since, though a forged one had that number then', () => {
    const state = { ...ready, view: viewIn(6) }
    const forged = viewIn(6, {
      session: heldOf(6, { tokens: { access_token: 'forged', refresh_token: 'handle' } }),
    })
    expect(stepOf(state, read(viewIn(5), forged))).toEqual([state, []])
  })

  test('does not override what another tab could not store', () => {
    const state = { ...ready, view: viewIn(6, { durable: false }) }
    expect(stepOf(state, read(viewIn(5), state.view))).toEqual([state, []])
  })

  test('is told by a leader to those who may not have heard', () => {
    expect(namesIn(stepOf({ ...ready, tab: leader }, read(viewIn(6))))).toEqual(['session'])
    expect(namesIn(stepOf(ready, read(viewIn(6))))).toEqual([])
  })

  test('the same that this page held in memory: it is stored now, and others hear of it', () => {
    const state = { ...ready, view: viewIn(5, { durable: false }), keeps: true }
    const step = stepOf(state, read(viewIn(5)))
    expect(step[0]).toMatchObject({ view: { durable: true }, keeps: false })
    expect(namesIn(step)).toEqual(['session'])
  })

  test('nothing any more: the data of this site was cleared', () => {
    const [next] = stepOf(ready, read(endedIn(0, { endReason: 'no-session' })))
    expect(next).toMatchObject({ kind: 'signed-out', view: { generation: 5, endReason: 'storage-cleared' } })
  })

  test('while this page cannot read it: the others are asked', () => {
    expect(namesIn(stepOf(ready, read(viewIn(4, { durable: false }))))).toEqual(['state-wanted'])
  })
})

describe('a tab that asks what others have', () => {
  const kept = { ...ready, view: viewIn(5, { durable: false }), keeps: true }

  test('is answered by who holds it in memory, and by the leader', () => {
    expect(namesIn(stepOf(kept, asked(4)))).toEqual(['session'])
    expect(namesIn(stepOf({ ...ready, tab: leader }, asked(4)))).toEqual(['session'])
    expect(namesIn(stepOf({ ...signedOut, tab: leader }, asked(4)))).toEqual(['session'])
  })

  test('and knows more itself makes the others read the record: the news of it was lost', () => {
    for (const state of [ready, kept, signedOut, { ...ready, tab: leader }]) {
      expect(stepOf(state, asked(6))).toEqual([state, [{ type: 'read-record' }]])
    }
    expect(stepOf(loading, asked(6))).toEqual([loading, []])
  })

  test('is not answered by others, or if it has as much', () => {
    expect(stepOf(ready, asked(4))).toEqual([ready, []])
    expect(stepOf(kept, asked(5))).toEqual([kept, []])
  })
})

describe('the end of a grant', () => {
  const ended = (
    view: View | null,
    outcome: 'rotated' | 'adopted' | 'superseded' = 'rotated',
  ): EventBody => ({
    type: 'grant-ended',
    outcome,
    view,
    failure: null,
  })

  test('is told to all if it brought something', () => {
    expect(namesIn(stepOf(granting, ended(viewIn(6))))).toEqual(['session'])
    expect(namesIn(stepOf(granting, ended(viewIn(6), 'adopted')))).toEqual([])
  })

  test('is told by a leader in any case, since somebody may have asked', () => {
    expect(namesIn(stepOf({ ...granting, tab: leader }, ended(viewIn(6), 'adopted')))).toEqual(['session'])
  })

  test('of a rotation that could not be stored: this tab holds the tokens', () => {
    const [next] = stepOf(granting, ended(viewIn(6, { durable: false })))
    expect(next).toMatchObject({ kind: 'ready', keeps: true })
  })

  test('I3: that comes late changes nothing', () => {
    expect(stepOf(ready, ended(viewIn(4)))).toEqual([ready, []])
    expect(stepOf(ready, ended(viewIn(5)))[0]).toBe(ready)
  })

  test('hidden: what only this page holds is stored before it may go', () => {
    const kept = { ...ready, view: viewIn(5, { durable: false }), keeps: true }
    expect(namesIn(stepOf(kept, { type: 'page-changed', fact: 'hidden' }))).toEqual(['read-record'])
    expect(namesIn(stepOf(ready, { type: 'page-changed', fact: 'hidden' }))).toEqual([])
  })
})
