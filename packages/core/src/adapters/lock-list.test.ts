import { afterEach, describe, expect, test, vi } from 'vitest'
import { lockListContract } from '../testing/contracts/lock-list.contract.ts'
import { createEventLoop } from '../testing/event-loop.ts'
import { createFakeLocks } from '../testing/fake-locks.ts'
import { realSteps } from '../testing/real-steps.ts'
import { browserLockList } from './lock-list.ts'
import { browserRandom } from './random.ts'
import { browserLocks } from './web-locks.ts'

// Node has the browser's Web Locks, of one client.

afterEach(() => vi.unstubAllGlobals())

describe('the real list of locks', () => {
  test.each(lockListContract)('$says', async ({ run }) => {
    const open = () => {
      const [locks, list] = [browserLocks(), browserLockList()]
      if (!locks || !list) throw new Error('There are no Web Locks here.')
      return { ...locks, ...list }
    }
    await run({ ...realSteps, prefix: `${browserRandom.id()}:`, open })
  })

  test('there is none without Web Locks', () => {
    vi.stubGlobal('navigator', {})
    expect(browserLockList()).toBeNull()
    vi.stubGlobal('navigator', undefined)
    expect(browserLockList()).toBeNull()
  })
})

describe('the fake list of locks', () => {
  test.each(lockListContract)('$says', async ({ run }) => {
    const loop = createEventLoop(0, null)
    const locks = createFakeLocks(loop)
    await run({
      prefix: 'prefix:',
      open: () => locks.open({ frozen: false, gone: false }),
      async run(promise) {
        let settled = false
        const done = () => {
          settled = true
        }
        promise.then(done, done)
        await loop.runUntil(() => settled)
        return promise
      },
      async soon(condition) {
        await loop.runUntil(condition)
        if (!condition()) throw new Error('It did not happen.')
      },
      rest: () => loop.settle(),
    })
  })
})
