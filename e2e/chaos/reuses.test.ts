import type { GrantEntry } from '@solotab/auth-server'
import { describe, expect, test } from 'vitest'
import { FIRST, LIMIT_MS, Run, SECOND } from './testing/run.ts'

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
