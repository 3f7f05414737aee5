import { describe, expect, test } from 'vitest'
import { FIRST, Run, SECOND } from './testing/run.ts'

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
