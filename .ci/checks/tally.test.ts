import { describe, expect, test } from 'vitest'
import { formatTally, noResults, oneFailed, onePassed, sum, withExitCode } from './tally.ts'

describe('a tally', () => {
  test('adds up over all checks', () => {
    expect(sum([onePassed, oneFailed, { passed: 2, failed: 0, skipped: 3 }])).toEqual({
      passed: 3,
      failed: 1,
      skipped: 3,
    })
  })

  test('mentions skipped tests only where there are some', () => {
    expect(formatTally(onePassed)).toBe('1 passed, 0 failed')
    expect(formatTally({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped')
  })

  test('a runner that crashed after its tests passed has one failure', () => {
    expect(withExitCode({ passed: 5, failed: 0, skipped: 0 }, 1)).toEqual({
      passed: 5,
      failed: 1,
      skipped: 0,
    })
  })

  test('a runner that ran nothing has one failure, whatever its exit code', () => {
    expect(withExitCode(noResults, 0)).toEqual(oneFailed)
    expect(withExitCode(noResults, 1)).toEqual(oneFailed)
  })

  test('failed tests are not counted again for the exit code that they cause', () => {
    expect(withExitCode({ passed: 1, failed: 2, skipped: 0 }, 1)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 0,
    })
  })
})
