import type { GrantEntry } from '@solotab/auth-server'
import { describe, expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import { Journal, type Trouble } from './journal.ts'
import type { FactBody } from './page/fact.ts'
import type { RestRequest } from './rest-watch.ts'
import { judge } from './verdict.ts'

const FIRST = 'tab-1-load.1'
const SECOND = 'tab-2-load.1'
const LIMIT_MS = 6000

/** A run in which one rotation went well, for tests to add to. */
class Run {
  readonly journal = new Journal()
  readonly grants: GrantEntry[] = []
  readonly requests: RestRequest[] = []
  inStep: boolean | null = true

  constructor() {
    this.journal.signIns.push({ fromMs: 0, session: 'session' })
    this.serve('tab-0-load.1', 100)
    this.tell('tab-0-load', 250, { type: 'query-ended', askedMs: 150, outcome: 'answered' })
  }

  tell(load: string, atMs: number, body: FactBody): void {
    this.journal.facts.push({ load, atMs, ...body })
  }

  trouble(trouble: Trouble, load: string, fromMs: number, toMs = Number.POSITIVE_INFINITY): void {
    this.journal.spells.push({ trouble, load, fromMs, toMs })
  }

  send(grant: string, atMs: number, presented = 'one'): void {
    this.tell(grant.slice(0, -2), atMs, { type: 'grant-sent', grant, presented })
  }

  store(grant: string, atMs: number): void {
    this.tell(grant.slice(0, -2), atMs, { type: 'grant-ended', grant, outcome: 'rotated', code: null })
  }

  serve(tab: string, atMs: number, entry: Partial<GrantEntry> = {}): void {
    const id = this.grants.length + 1
    const plain = {
      grantType: 'refresh_token',
      sessionId: 'session',
      code: null,
      httpStatus: 200,
      fault: null,
    }
    const rest = { outcome: 'rotated', reuse: false, answerLost: false, userAgent: null } as const
    this.grants.push({ id, atMs, tab, ...plain, ...rest, ...entry })
  }

  refuse(validForMs: number): void {
    this.tell('tab-1-load', 5000, { type: 'query-sent', sending: 'tab-1-load.2', validForMs })
    this.requests.push({ sending: 'tab-1-load.2', arrivedMs: 9000, status: 401, expiresMs: 0 })
  }

  get verdict() {
    const { journal, grants, requests, inStep } = this
    const evidence: Evidence = {
      algorithm: 'v1',
      mode: 'solotab',
      seconds: 60,
      requestTimeoutMs: LIMIT_MS,
      guaranteedMs: 3000,
      journal,
      grants,
      requests,
      inStep,
    }
    const verdict = judge(evidence)
    return { ...verdict, broken: verdict.bars.filter(({ held }) => !held).map(({ name }) => name) }
  }
}

describe('a reuse', () => {
  /** The second page sends the token that the first one's grant has consumed. */
  const reused = (secondMs = 2000, first: Partial<GrantEntry> = {}) => {
    const run = new Run()
    run.send(FIRST, 1000)
    run.serve(FIRST, 1010, first)
    run.send(SECOND, secondMs)
    run.serve(SECOND, secondMs + 10, { outcome: 'answered-again', reuse: true })
    return run
  }

  test('breaks a bar when the answer before it was not lost', () => {
    const run = reused()
    run.store(FIRST, 1100)
    expect(run.verdict).toMatchObject({
      reuses: [{ grant: SECOND, cause: null }],
      broken: ['no reuse except after a lost answer'],
    })
  })

  test('breaks a bar when nobody waited for the answer before it', () => {
    expect(reused().verdict.broken).toEqual(['no reuse except after a lost answer'])
  })

  for (const trouble of ['closed', 'crashed', 'reloaded', 'away'] as const) {
    test(`is owed to a page that was ${trouble} before it had stored the answer`, () => {
      const run = reused()
      run.trouble(trouble, 'tab-1-load', 1500)
      expect(run.verdict.reuses).toMatchObject([{ cause: expect.stringContaining(trouble) }])
      expect(run.verdict.broken).toEqual([])
    })
  }

  test('is not owed to a page that was closed after it had stored the answer', () => {
    const run = reused()
    run.store(FIRST, 1100)
    run.trouble('closed', 'tab-1-load', 1500)
    expect(run.verdict.reuses).toMatchObject([{ cause: null }])
  })

  test('is not owed to what happens to the page later on', () => {
    const run = reused()
    run.trouble('crashed', 'tab-1-load', 3000)
    expect(run.verdict.reuses).toMatchObject([{ cause: null }])
  })

  test('is owed to a frozen page only past the deadline', () => {
    for (const [secondMs, isOwed] of [
      [2000, false],
      [1000 + LIMIT_MS, true],
    ] as const) {
      const run = reused(secondMs)
      run.trouble('frozen', 'tab-1-load', 1005)
      expect(run.verdict.broken.length === 0).toBe(isOwed)
    }
  })

  for (const [session, isRevoked] of [
    ['session', true],
    ['another', false],
  ] as const) {
    test(`is ${isRevoked ? 'none' : 'one'} if the session that ended over one before is ${session}`, () => {
      const run = new Run()
      run.send(FIRST, 1000)
      run.serve(FIRST, 1010, { fault: 'drop-answer', answerLost: true })
      run.send(SECOND, 2000)
      run.serve(SECOND, 2010, { outcome: 'refused', reuse: true, sessionId: session })
      run.send('tab-3-load.1', 3000, 'two')
      run.serve('tab-3-load.1', 3010, { outcome: 'refused', reuse: true })
      expect(run.verdict.broken.includes('no reuse except after a lost answer')).toBe(!isRevoked)
    })
  }

  test('is owed to a server that cut the connection', () => {
    expect(reused(2000, { fault: 'drop-answer', answerLost: true }).verdict.broken).toEqual([])
  })

  test('is owed to a request that was still at work when its page was lost', () => {
    const run = new Run()
    run.send(FIRST, 1000)
    run.trouble('crashed', 'tab-1-load', 1500)
    run.send(SECOND, 2000)
    run.serve(SECOND, 2010)
    run.store(SECOND, 2020)
    run.serve(FIRST, 4000, { outcome: 'answered-again', reuse: true, fault: 'delay' })
    expect(run.verdict.reuses).toMatchObject([{ grant: FIRST, cause: expect.stringContaining('crashed') }])
  })
})

test('a reuse that follows a lost answer and a failure is owed to the lost answer', () => {
  const run = new Run()
  run.send(FIRST, 1000)
  run.serve(FIRST, 1010)
  run.trouble('reloaded', 'tab-1-load', 1500)
  run.send('tab-1-load.2', 1900)
  run.serve('tab-1-load.2', 1910, { outcome: 'failed', fault: 'garbage' })
  run.send(SECOND, 2000)
  run.serve(SECOND, 2010, { outcome: 'answered-again', reuse: true })
  expect(run.verdict.reuses).toMatchObject([{ cause: expect.stringContaining('reloaded') }])
})

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

test('the time without a token counts from the thaw, and says what was wrong', () => {
  const run = new Run()
  run.trouble('frozen', 'tab-1-load', 1000, 9000)
  run.serve(FIRST, 9200, { outcome: 'failed', fault: 'status', httpStatus: 503 })
  run.serve(FIRST, 9900)
  run.tell('tab-1-load', 10_000, { type: 'token-back', sinceMs: 5000 })
  expect(run.verdict.longestGap).toMatchObject({ ms: 1000, troubles: ['frozen', 'status 503'] })
  expect(run.verdict.longestCalmGap).toBeNull()
})

test('tabs out of step, and a run in which nothing happens, break bars', () => {
  const run = new Run()
  run.inStep = false
  run.grants.length = 0
  expect(run.verdict.broken).toEqual(['all tabs in step at the end', 'there were rotations and queries'])
})
