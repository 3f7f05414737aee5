import type { GrantEntry } from '@solotab/auth-server'
import { describe, expect, test } from 'vitest'
import { judgeCoverage, LEAST_MINUTES } from './coverage.ts'
import type { Evidence } from './evidence.ts'
import { Journal, type Trouble } from './journal.ts'
import type { FactBody } from './page/fact.ts'
import { report } from './report.ts'
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
  minutes = 1

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

  get evidence(): Evidence {
    const { journal, grants, requests, inStep, minutes } = this
    return {
      algorithm: 'v1',
      mode: 'solotab',
      minutes,
      seconds: 60,
      endedMs: 60_000,
      kinds: ['open', 'crash'],
      requestTimeoutMs: LIMIT_MS,
      guaranteedMs: 3000,
      journal,
      grants,
      requests,
      inStep,
    }
  }

  get verdict() {
    const verdict = judge(this.evidence)
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

describe('a reuse of a token that a page presented without telling', () => {
  const untold = () => {
    const run = new Run()
    run.serve(FIRST, 1010)
    run.send(SECOND, 2000)
    run.serve(SECOND, 2010, { outcome: 'answered-again', reuse: true })
    return run
  }

  test('is owed to the page if it was gone right then', () => {
    const run = untold()
    run.trouble('crashed', 'tab-1-load', 1005)
    expect(run.verdict.reuses).toMatchObject([
      { cause: expect.stringContaining('crashed before it could tell') },
    ])
  })

  test('breaks a bar if it was not', () => {
    expect(untold().verdict.broken).toEqual(['no reuse except after a lost answer'])
  })

  test('breaks a bar if there was a rotation after it', () => {
    const run = new Run()
    run.trouble('crashed', 'tab-1-load', 1005)
    run.serve(FIRST, 1010)
    run.send('tab-3-load.1', 1500, 'two')
    run.serve('tab-3-load.1', 1510)
    run.store('tab-3-load.1', 1600)
    run.send(SECOND, 2000)
    run.serve(SECOND, 2010, { outcome: 'answered-again', reuse: true })
    expect(run.verdict.broken).toEqual(['no reuse except after a lost answer'])
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

test('what hit the grants after the rotation that brought the token was not wrong', () => {
  const run = new Run()
  run.serve(FIRST, 9900)
  run.serve(SECOND, 9950, { outcome: 'failed', fault: 'garbage', httpStatus: 503 })
  run.tell('tab-1-load', 10_000, { type: 'token-back', sinceMs: 9000 })
  expect(run.verdict.longestCalmGap).toMatchObject({ ms: 1000 })
})

describe('a time without a token that has no end', () => {
  const GONE_MS = 10_000

  /** A page that has told that its token is gone. */
  const gone = () => {
    const run = new Run()
    run.tell('tab-1-load', GONE_MS, { type: 'token-gone', sinceMs: GONE_MS })
    return run
  }

  for (const trouble of ['closed', 'crashed', 'reloaded'] as const) {
    test(`counts until the page is ${trouble}, which is not what was wrong`, () => {
      const run = gone()
      run.trouble(trouble, 'tab-1-load', 14_000)
      expect(run.verdict.longestCalmGap).toMatchObject({ fromMs: GONE_MS, ms: 4000, isOpen: true })
    })
  }

  test('counts until the end of the run', () => {
    expect(gone().verdict.longestGap).toMatchObject({ ms: 50_000, isOpen: true })
  })

  test('does not count once more when it has an end after all', () => {
    const run = gone()
    run.tell('tab-1-load', 12_000, { type: 'token-back', sinceMs: GONE_MS })
    expect(run.verdict.longestGap).toMatchObject({ ms: 2000, isOpen: false })
  })

  test('is not ended by the token of another page, or of an earlier time', () => {
    for (const [load, sinceMs] of [
      ['tab-2-load', GONE_MS],
      ['tab-1-load', 1000],
    ] as const) {
      const run = gone()
      run.tell(load, 12_000, { type: 'token-back', sinceMs })
      expect(run.verdict.longestGap).toMatchObject({ load: 'tab-1-load', ms: 50_000 })
    }
  })

  test('does not count while the page is frozen or away, but before and after', () => {
    for (const trouble of ['frozen', 'away'] as const) {
      const run = gone()
      run.trouble(trouble, 'tab-1-load', 13_000, 40_000)
      run.tell('tab-1-load', 40_000, { type: 'page', event: 'pageshow' })
      run.trouble('closed', 'tab-1-load', 44_000)
      expect(run.verdict.longestGap).toMatchObject({ fromMs: 40_000, ms: 4000, troubles: [trouble] })
      expect(run.verdict.longestCalmGap).toMatchObject({ fromMs: GONE_MS, ms: 3000 })
    }
  })

  test('is over when its page went elsewhere for good', () => {
    const run = gone()
    run.trouble('away', 'tab-1-load', 13_000, 20_000)
    expect(run.verdict.longestGap).toMatchObject({ ms: 3000 })
  })

  test('says what the server did to the grants in it', () => {
    const run = gone()
    run.serve('tab-2-load.1', 15_000, { outcome: 'failed', fault: 'status', httpStatus: 503 })
    expect(run.verdict.longestGap).toMatchObject({ troubles: ['status 503'] })
  })

  for (const [closedMs, longest] of [
    [31_000, { fromMs: GONE_MS, ms: 2500 }],
    [34_000, { fromMs: 30_000, ms: 4000 }],
  ] as const) {
    test(`counts only while there is a session, until ${closedMs}`, () => {
      const run = gone()
      run.journal.signIns.push({ fromMs: 30_000, session: 'another' })
      run.send(FIRST, 1000)
      run.serve(FIRST, 1010, { fault: 'drop-answer', answerLost: true })
      run.send(SECOND, 12_000)
      run.serve(SECOND, 12_500, { outcome: 'refused', reuse: true, httpStatus: 400 })
      run.trouble('closed', 'tab-1-load', closedMs)
      expect(run.verdict.longestGap).toMatchObject(longest)
    })
  }
})

describe('the bars of all runs together', () => {
  const LOAD = 'tab-1-load'
  const ACTIONS = 'every kind of action was done'
  const EFFECTS = 'pages told of every effect that they can tell of'
  const MISHAPS = 'the harness could do nearly all that it tried'

  const page = (run: Run, atMs: number, event: string, load = LOAD) =>
    run.tell(load, atMs, { type: 'page', event })

  /** What shows each effect, each at a time and in a page of its own where that matters. */
  const SIGNS: Readonly<Record<string, (run: Run) => void>> = {
    shown: (run) => page(run, 1000, 'visible', 'tab-2-load'),
    frozen: (run) => page(run, 2010, 'freeze'),
    thawed: (run) => page(run, 2990, 'resume'),
    'back from the back-forward cache': (run) => page(run, 5000, 'pageshow'),
    'off line': (run) => page(run, 6010, 'offline'),
    crashed: (run) => run.tell('tab-3-load', 6900, { type: 'query-sent', sending: 'one', validForMs: 1 }),
  }

  /** A long run in which everything was done and seen, except for these effects. */
  const complete = (...unseen: readonly string[]) => {
    const run = new Run()
    run.minutes = LEAST_MINUTES
    run.journal.count('open')
    run.journal.count('crash')
    page(run, 500, 'pageshow')
    run.trouble('frozen', LOAD, 2000, 3000)
    run.trouble('away', LOAD, 4000, 5000)
    run.trouble('off line', LOAD, 6000, 8000)
    run.tell(LOAD, 7000, { type: 'query-sent', sending: 'lost', validForMs: 1 })
    run.trouble('crashed', 'tab-3-load', 7000)
    for (const [name, show] of Object.entries(SIGNS)) if (!unseen.includes(name)) show(run)
    return run
  }

  const broken = (...runs: readonly Run[]) =>
    judgeCoverage(runs.map(({ evidence }) => evidence)).flatMap(({ name, held }) =>
      held === false ? [name] : [],
    )

  test('hold when everything was done and seen', () => {
    expect(broken(complete())).toEqual([])
  })

  test('are broken by a kind of action that no run has done', () => {
    const [one, other] = [complete(), complete()]
    delete one.journal.actions.crash
    expect(broken(one, other)).toEqual([])
    delete other.journal.actions.crash
    expect(broken(one, other)).toEqual([ACTIONS])
  })

  for (const name of Object.keys(SIGNS)) {
    test(`are broken if no page told that it was ${name}`, () => {
      expect(broken(complete(name))).toEqual([EFFECTS])
      expect(broken(complete(name), complete())).toEqual([])
    })
  }

  test('are broken by pages that went off line and whose queries arrived', () => {
    const run = complete()
    run.requests.push({ sending: 'lost', arrivedMs: 7010, status: 200, expiresMs: null })
    expect(broken(run)).toEqual([EFFECTS])
  })

  test('do not go by queries at the edge of being off line, or of a page that was lost meanwhile', () => {
    for (const spell of [
      { fromMs: 6900, toMs: 8000 },
      { fromMs: 6000, toMs: 7100 },
      { fromMs: 6000, toMs: Number.POSITIVE_INFINITY },
    ]) {
      const run = complete()
      page(run, spell.fromMs, 'offline')
      const others = run.journal.spells.filter(({ trouble }) => trouble !== 'off line')
      run.journal.spells.splice(0, Number.POSITIVE_INFINITY, ...others)
      run.trouble('off line', LOAD, spell.fromMs, spell.toMs)
      expect(broken(run)).toEqual([EFFECTS])
    }
  })

  test('count the crash of a page that was frozen, or away, before', () => {
    const run = complete()
    run.trouble('frozen', 'tab-3-load', 100, 200)
    run.trouble('away', 'tab-3-load', 300, 400)
    page(run, 300, 'pagehide', 'tab-3-load')
    expect(broken(run)).toEqual([])
  })

  test('are broken by crashed pages that say goodbye, or go on', () => {
    for (const [atMs, event] of [
      [7010, 'pagehide'],
      [13_000, 'visible'],
    ] as const) {
      const run = complete()
      page(run, atMs, event, 'tab-3-load')
      expect(broken(run)).toEqual([EFFECTS])
    }
  })

  test('do not take the silence of a frozen page for a crash', () => {
    const run = complete()
    run.trouble('frozen', 'tab-3-load', 6950)
    expect(broken(run)).toEqual([EFFECTS])
  })

  test('do not take what the back-forward cache does for a freeze, or for another tab in front', () => {
    const run = complete('shown', 'frozen', 'thawed')
    for (const event of ['freeze', 'resume', 'visible']) page(run, 4500, event)
    const [, effects] = judgeCoverage([run.evidence])
    expect(effects?.detail).toMatch(/^shown 0, frozen 0, thawed 0, /)
  })

  test('are not judged, and say so, when all runs together were too short', () => {
    const run = new Run()
    run.journal.count('open')
    run.minutes = LEAST_MINUTES / 2 - 0.1
    expect(judgeCoverage([run.evidence, run.evidence]).slice(0, 2)).toEqual([
      { name: ACTIONS, held: null, detail: expect.stringContaining('too short') },
      { name: EFFECTS, held: null, detail: expect.stringContaining('too short') },
    ])
    run.minutes = LEAST_MINUTES / 2
    expect(broken(run, run)).toEqual([ACTIONS, EFFECTS])
  })

  test('are broken by more mishaps than their share of what was tried, however short the run', () => {
    const run = new Run()
    for (let count = 0; count < 98; count += 1) run.journal.count('open')
    run.journal.mishaps.push('one', 'two')
    expect(broken(run)).toEqual([])
    run.journal.mishaps.push('three')
    expect(broken(run)).toEqual([MISHAPS])
  })

  test('are broken by a harness that did nothing', () => {
    expect(broken(new Run())).toEqual([MISHAPS])
  })

  test('are in the report, with their figures', () => {
    const run = complete('crashed')
    const text = report([run.verdict], judgeCoverage([run.evidence]))
    expect(text).toContain(`all runs: held: ${ACTIONS}: open 1, crash 1`)
    expect(text).toContain(`all runs: BROKEN: ${EFFECTS}: crashed 0, shown 1`)
  })
})

test('the report lists every reuse, however many', () => {
  const run = new Run()
  for (let count = 1; count <= 100; count += 1) {
    run.send(`tab-${count}-load.1`, count * 100)
    run.serve(`tab-${count}-load.1`, count * 100, { outcome: 'answered-again', reuse: true })
  }
  const { verdict } = run
  expect(verdict.reuses).toHaveLength(100)
  const text = report([verdict], [])
  for (const { grant } of verdict.reuses) expect(text).toContain(`reuse by ${grant},`)
})

test('tabs out of step, and a run in which nothing happens, break bars', () => {
  const run = new Run()
  run.inStep = false
  run.grants.length = 0
  expect(run.verdict.broken).toEqual(['all tabs in step at the end', 'there were rotations and queries'])
})
