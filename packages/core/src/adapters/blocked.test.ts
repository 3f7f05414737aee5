import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCoordinator } from '../create-coordinator.ts'
import type { Session } from '../session.ts'
import { realSteps as steps } from '../testing/real-steps.ts'
import { browserClock } from './clock.ts'
import { postSoon } from './local-channel.ts'
import { browserRandom } from './random.ts'
import { openTransport } from './transport.ts'

declare const process: Record<
  'on' | 'off',
  (type: 'uncaughtException', listener: (error: unknown) => void) => void
>

// Firefox, where this site's data is blocked, refuses locks, channels and databases; Chromium the first and the last.

const refuse = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError')
}

const opened = vi.fn(refuse)

beforeEach(() => {
  opened.mockClear()
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      constructor() {
        opened()
      }
    },
  )
  vi.stubGlobal('indexedDB', { open: refuse })
  vi.stubGlobal('navigator', { locks: { request: async () => refuse() } })
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  const window = new EventTarget()
  vi.stubGlobal('window', window)
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
})
afterEach(() => void vi.unstubAllGlobals())

describe('a browser that refuses channels', () => {
  test('leaves the page by itself: what it posts reaches nobody, and harms nobody', () => {
    const heard: unknown[] = []
    const { post, close } = openTransport(browserRandom.id(), (raw) => heard.push(raw))
    post('hello')
    close()
    expect(heard).toEqual([])
  })

  test('lets it post soon, and leaves no error uncaught', async () => {
    const uncaught: unknown[] = []
    const note = (error: unknown) => uncaught.push(error)
    process.on('uncaughtException', note)
    postSoon(browserRandom.id(), 'hello')
    await vi.waitFor(() => expect(opened).toHaveBeenCalledOnce())
    await steps.rest()
    process.off('uncaughtException', note)
    expect(uncaught).toEqual([])
  })
})

test('where locks, channels and databases are refused, an app signs in, refreshes and signs out in memory', async () => {
  let grants = 0
  const refresh = async (refresh_token: string) => {
    grants += 1
    return { access_token: `a${grants}`, refresh_token: `after ${refresh_token}`, expires_in: 3600 }
  }
  const coordinator = createCoordinator<Session>({ name: browserRandom.id(), refresh })
  const failures: string[] = []
  coordinator.onDiagnostic((event) => event.type === 'storage-failed' && failures.push(event.code))
  coordinator.start()
  await coordinator.signIn({ access_token: 'a0', refresh_token: 'r0', expires_in: 3600 })
  expect(coordinator.getSnapshot()).toMatchObject({ status: 'signed-in', session: { access_token: 'a0' } })
  expect(await coordinator.refresh()).toMatchObject({ access_token: 'a1' })
  expect(await coordinator.getAccessToken()).toBe('a1')
  const expired = { access_token: 'old', refresh_token: 'r0', expires_at: browserClock.nowMs() / 1000 - 1 }
  await coordinator.signIn(expired)
  expect(await coordinator.getAccessToken()).toBe('a2')
  expect(grants).toBe(2)
  expect(failures).toEqual(['SecurityError'])
  await coordinator.signOut()
  expect(coordinator.getSnapshot().status).toBe('signed-out')
  await coordinator.close()
})
