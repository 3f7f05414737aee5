import type { GrantEntry } from '@solotab/auth-server'
import { describe, expect, test } from 'vitest'
import { FIRST, Run, SECOND } from './testing/run.ts'

describe('a sign-out', () => {
  const signedOut = (refused: Partial<GrantEntry> | null) => {
    const run = new Run()
    run.send(FIRST, 1000)
    run.serve(FIRST, 1010, { fault: 'drop-answer', answerLost: true })
    run.send(SECOND, 2000)
    if (refused) run.serve(SECOND, 2010, { outcome: 'refused', reuse: true, httpStatus: 400, ...refused })
    run.tell('tab-2-load', 2100, { type: 'signed-out', session: 'session', reason: 'revoked' })
    return run.verdict
  }

  test("is false without the server's word", () => {
    expect(signedOut(null)).toMatchObject({ broken: ['no false sign-out'], sessionsEnded: 0 })
  })

  test('is not false when the server ended the session over a lost answer', () => {
    expect(signedOut({})).toMatchObject({ falseSignOuts: [], sessionsEnded: 1, broken: [] })
  })

  test('is false when another session is meant', () => {
    expect(signedOut({ sessionId: 'another' }).broken).toEqual(['no false sign-out'])
  })

  test('of a page that finds no session is false while there is one', () => {
    const run = new Run()
    run.tell('tab-3-load', 3000, { type: 'signed-out', session: null, reason: 'no-session' })
    expect(run.verdict.broken).toEqual(['no false sign-out'])
  })
})

describe('a query that was refused for an expired token', () => {
  test('breaks a bar when the token had expired before it was sent', () => {
    const run = new Run()
    run.refuse(-1)
    run.trouble('slow network', 'tab-1-load', 4000)
    expect(run.verdict.broken).toEqual(['no query sent with an expired token'])
  })

  test('is owed to a page that was frozen with the query on its way', () => {
    const run = new Run()
    run.refuse(1500)
    run.trouble('frozen', 'tab-1-load', 5001, 8900)
    expect(run.verdict).toMatchObject({ refusals: [{ cause: 'on its way for 4000 ms, frozen' }], broken: [] })
  })

  test('breaks no bar when its token was valid for as long as was promised', () => {
    const run = new Run()
    run.refuse(3500)
    expect(run.verdict).toMatchObject({ refusals: [{ cause: 'on its way for 4000 ms' }], broken: [] })
  })

  test('breaks a bar when it was not, and nothing held it up', () => {
    const run = new Run()
    run.refuse(1500)
    expect(run.verdict.broken).toEqual(['no query sent with an expired token'])
  })
})

test('a query that fails for an expired token breaks a bar, whatever was wrong', () => {
  const run = new Run()
  run.trouble('frozen', 'tab-1-load', 4000)
  run.tell('tab-1-load', 9000, { type: 'query-ended', askedMs: 5000, outcome: 'expired' })
  expect(run.verdict.broken).toEqual(['no query that failed for an expired token'])
})

test('tabs out of step, and a run in which nothing happens, break bars', () => {
  const run = new Run()
  run.inStep = false
  run.grants.length = 0
  expect(run.verdict.broken).toEqual(['all tabs in step at the end', 'there were rotations and queries'])
})
