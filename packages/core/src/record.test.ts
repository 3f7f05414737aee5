import { describe, expect, test } from 'vitest'
import {
  amend,
  type ClaimRequest,
  claim,
  EAGER_GAP_MS,
  earliestAttemptMs,
  emptyRecord,
  end,
  rotate,
  type SessionRecord,
  signInto,
  viewOf,
  whileMine,
} from './record.ts'
import { failureOf, NOW_MS } from './testing/states.ts'

const tokens = { access_token: 'access', refresh_token: 'real', user: 'Ann' }
const answer = { access_token: 'access 2', refresh_token: 'real 2', user: 'Bob' }

/** Signed in, in generation 5. */
const record: SessionRecord = signInto({ ...emptyRecord(), generation: 4 }, tokens, 'handle', NOW_MS, 1000)
const known = { handle: 'handle', rotation: 5 }
const intent = { id: 'theirs', sendByMs: NOW_MS + 1000, deadlineMs: NOW_MS + 10_000 }

const request: ClaimRequest = {
  id: 'mine',
  rotation: 5,
  generation: 5,
  durable: true,
  serves: false,
  eager: false,
  orphan: null,
  nowMs: NOW_MS,
  sendByMs: NOW_MS + 2000,
  deadlineMs: NOW_MS + 15_000,
}

describe('claim', () => {
  test('writes the intent before anything is sent', () => {
    const claimed = claim(record, request, true)
    expect(claimed).toMatchObject({ kind: 'claimed', tokens, tookOver: false })
    expect(claimed.record.intent).toEqual({
      id: 'mine',
      sendByMs: request.sendByMs,
      deadlineMs: request.deadlineMs,
    })
    expect(claimed.record.generation).toBe(5)
  })

  test('I1: adopts tokens that are newer than those that the asker has', () => {
    expect(claim(record, { ...request, rotation: 4 }, true)).toEqual({ kind: 'settled', record })
  })

  test('I1: does not claim while another intent stands', () => {
    const busy = { ...record, intent }
    expect(claim(busy, request, true)).toEqual({ kind: 'busy', record: busy, intent })
  })

  test('takes over an intent whose owner is gone, or whose deadline has passed', () => {
    const busy = { ...record, intent }
    expect(claim(busy, { ...request, orphan: 'theirs' }, true)).toMatchObject({
      kind: 'claimed',
      tookOver: true,
    })
    expect(claim(busy, { ...request, orphan: 'another' }, true).kind).toBe('busy')
    expect(claim(busy, { ...request, nowMs: intent.deadlineMs }, true).kind).toBe('claimed')
  })

  test('I9: leaves the budget of attempts alone', () => {
    const failing = { ...record, failure: failureOf({ nextAttemptMs: NOW_MS + 5000 }) }
    expect(claim(failing, request, true)).toEqual({ kind: 'settled', record: failing })
    expect(claim(failing, { ...request, eager: true }, true).kind).toBe('claimed')
  })

  test('I6: adopts that there is no session any more', () => {
    const ended = end(record, 'signed-out')
    expect(claim(ended, request, true)).toEqual({ kind: 'settled', record: ended })
  })

  test('an empty store where there was a session ends it: the user has cleared the data', () => {
    const claimed = claim(emptyRecord(), request, true)
    expect(claimed).toMatchObject({
      kind: 'settled',
      record: { generation: 6, session: null, endReason: 'storage-cleared' },
    })
  })

  test('I5: an empty store says nothing of a session that was never stored', () => {
    expect(claim(emptyRecord(), { ...request, durable: false }, true).kind).toBe('unavailable')
    expect(claim(emptyRecord(), request, false).kind).toBe('unavailable')
  })

  test('I1: by memory alone, only who serves the others may go', () => {
    expect(claim(record, request, false).kind).toBe('unavailable')
    expect(claim(record, { ...request, serves: true }, false).kind).toBe('claimed')
  })

  test('I2: by memory alone, nobody sends what was rotated since', () => {
    expect(claim(record, { ...request, serves: true, rotation: 6 }, false).kind).toBe('unavailable')
  })

  test('I3: a generation that was heard of is passed, even if it was never stored', () => {
    const claimed = claim(record, { ...request, rotation: 7, generation: 7 }, true)
    expect(claimed.record.generation).toBe(7)
  })
})

describe('commit', () => {
  const claimed = { ...record, intent: { ...intent, id: 'mine' } }
  const commit = whileMine('mine', (current: SessionRecord) => rotate(current, answer, 5, NOW_MS, 2000))

  test('replaces the tokens, keeps the handle, clears intent and failure', () => {
    expect(commit({ ...claimed, failure: failureOf() })).toEqual({
      v: 1,
      generation: 6,
      session: { tokens: answer, handle: 'handle', grantedAtMs: NOW_MS, lifetimeMs: 2000, rotation: 6 },
      endReason: 'no-session',
      intent: null,
      failure: null,
    })
  })

  test.each([
    ['a sign-out', end(claimed, 'signed-out')],
    ['another sign-in', signInto(claimed, tokens, 'other', NOW_MS, 1000)],
    ['a take-over', { ...claimed, intent }],
    ['the rotation of another tab', rotate(claimed, answer, 5, NOW_MS, 1000)],
  ])('I3, I6: after %s it changes nothing', (_, current) => {
    expect(commit(current)).toBe(current)
  })

  test('keeps members that were changed while the request was out', () => {
    const amended = amend(claimed, known, { user: 'Cleo' } as object)
    expect(commit(amended).session?.tokens).toEqual({ ...answer, user: 'Cleo' })
  })
})

describe('changes', () => {
  test('I3: each raises the generation by one', () => {
    expect(end(record, 'expired').generation).toBe(6)
    expect(signInto(record, tokens, 'other', NOW_MS, 1).generation).toBe(6)
    expect(amend(record, known, {}).generation).toBe(6)
  })

  test('amended members keep the rotation, so that nobody takes them for new tokens', () => {
    expect(amend(record, known, {}).session?.rotation).toBe(5)
  })

  test('amending another session than the current one does nothing', () => {
    expect(amend(record, { ...known, handle: 'other' }, { user: 'Eve' } as object)).toBe(record)
    expect(amend(emptyRecord(), known, {})).toEqual(emptyRecord())
  })

  test('amending leaves older tokens than the known ones as they are', () => {
    expect(amend(record, { ...known, rotation: 6 }, { user: 'Eve' } as object)).toBe(record)
  })

  test('amending changes no token', () => {
    const changed = amend(record, known, { access_token: 'x', refresh_token: 'y' } as object)
    expect(changed.session?.tokens).toEqual(tokens)
  })
})

describe('viewOf', () => {
  test('I7: shows the handle in place of the refresh token', () => {
    expect(JSON.stringify(viewOf(record, true, false))).not.toContain('real')
    expect(viewOf(record, true, false).session?.tokens.refresh_token).toBe('handle')
    expect(viewOf(record, true, true).session?.tokens.refresh_token).toBe('real')
  })

  test('I7: shows no intent', () => {
    expect(viewOf({ ...record, intent }, true, false)).not.toHaveProperty('intent')
  })
})

describe('earliestAttemptMs', () => {
  const failure = failureOf({ lastAttemptMs: NOW_MS, nextAttemptMs: NOW_MS + 30_000 })

  test('is the next attempt of the schedule, or a second after the last for an eager one', () => {
    expect(earliestAttemptMs(failure, false, NOW_MS)).toBe(NOW_MS + 30_000)
    expect(earliestAttemptMs(failure, true, NOW_MS)).toBe(NOW_MS + EAGER_GAP_MS)
  })

  test('is never before the time that the server named', () => {
    const barred = { ...failure, notBeforeMs: NOW_MS + 60_000 }
    expect(earliestAttemptMs(barred, true, NOW_MS)).toBe(NOW_MS + 60_000)
  })

  test('is now if the clock was put back since the last attempt', () => {
    expect(earliestAttemptMs(failure, false, NOW_MS - 6000)).toBe(NOW_MS - 6000)
    expect(earliestAttemptMs(failure, false, NOW_MS - 4000)).toBe(NOW_MS + 30_000)
  })
})
