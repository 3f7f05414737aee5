import { afterEach, describe, expect, test, vi } from 'vitest'
import { clockContract } from '../testing/contracts/clock.contract.ts'
import type { Clause } from '../testing/contracts/contract.ts'
import { electionContract } from '../testing/contracts/election.contract.ts'
import { locksContract } from '../testing/contracts/locks.contract.ts'
import { transportContract } from '../testing/contracts/transport.contract.ts'
import { realSteps as steps } from '../testing/real-steps.ts'
import { browserClock } from './clock.ts'
import { joinElection } from './election.ts'
import { browserRandom } from './random.ts'
import { openTransport } from './transport.ts'
import { browserLocks } from './web-locks.ts'

declare const process: Record<
  'on' | 'off',
  (type: 'unhandledRejection', listener: (error: unknown) => void) => void
>

// Node has the browser's channels, locks and timers; the other adapters are held to their contracts in a browser.

const hold = <H>(port: string, contract: readonly Clause<H>[], harness: (name: string) => H) =>
  describe(`the real ${port}`, () => {
    test.each(contract)('$says', ({ run }) => run(harness(browserRandom.id())))
  })

const openLocks = (name: string) => {
  const locks = browserLocks()
  if (!locks) throw new Error('There are no Web Locks here.')
  return {
    hold: <T>(lock: string, signal: AbortSignal, body: () => Promise<T>) =>
      locks.hold(`${name}:${lock}`, signal, body),
    released: (lock: string, signal: AbortSignal) => locks.released(`${name}:${lock}`, signal),
  }
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

hold('transport', transportContract, (name) => ({
  ...steps,
  open: (onMessage) => openTransport(name, onMessage),
}))
hold('locks', locksContract, (name) => ({ ...steps, open: () => openLocks(name) }))
hold('clock', clockContract, () => {
  vi.useFakeTimers()
  return {
    clock: browserClock,
    async pass(ms) {
      await vi.advanceTimersByTimeAsync(ms)
    },
  }
})

hold('election by lock', electionContract, (name) => ({
  ...steps,
  join: (onLeadership) => joinElection(name, browserLocks(), onLeadership),
}))

describe('the real election by messages', () => {
  test('leaving takes every listener from the page', async () => {
    const page = new EventTarget()
    const listening = new Set<AbortSignal>()
    vi.stubGlobal(
      'addEventListener',
      (type: string, listener: () => void, { signal }: { signal: AbortSignal }) => {
        listening.add(signal)
        page.addEventListener(type, listener, { signal })
      },
    )
    const leave = joinElection(browserRandom.id(), null, () => {})
    await steps.soon(() => listening.size === 1)
    leave()
    expect([...listening].every(({ aborted }) => aborted)).toBe(true)
  })

  test('leaving before it is loaded joins nothing', async () => {
    const heard: boolean[] = []
    const name = browserRandom.id()
    joinElection(name, null, (leads) => heard.push(leads))()
    const leave = joinElection(name, browserLocks(), (leads) => heard.push(leads))
    await steps.soon(() => heard.length > 0)
    await steps.rest()
    expect(heard).toEqual([true])
    leave()
  })
})

describe('clock filter', () => {
  test("messages of a page whose clock is a minute behind the receiver's arrive", async () => {
    const name = browserRandom.id()
    const heard: unknown[] = []
    const receiver = openTransport(name, (raw) => heard.push(raw))
    const sender = openTransport(name, () => {})
    const nowMs = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(nowMs - 60_000)
    sender.post('from the past')
    vi.spyOn(Date, 'now').mockReturnValue(nowMs)
    await steps.soon(() => heard.length > 0)
    expect(heard).toEqual(['from the past'])
    vi.restoreAllMocks()
    receiver.close()
    sender.close()
  })
})

test('without Web Locks there is no lock adapter', () => {
  vi.stubGlobal('navigator', {})
  expect(browserLocks()).toBeNull()
  vi.stubGlobal('navigator', undefined)
  expect(browserLocks()).toBeNull()
})

test('identifiers are long and never the same', () => {
  const ids = Array.from({ length: 1000 }, () => browserRandom.id())
  expect(new Set(ids).size).toBe(1000)
  expect(ids.every((id) => id.length >= 16)).toBe(true)
})

describe('an election by lock', () => {
  test('whose lock is stolen from the leader has it follow, and apply again', async () => {
    const name = browserRandom.id()
    const heard: boolean[] = []
    const leave = joinElection(name, browserLocks(), (leads) => heard.push(leads))
    await steps.soon(() => heard.length === 1)
    await navigator.locks.request(name, { steal: true }, async () => {
      await steps.soon(() => heard.length === 2)
      await steps.rest()
      expect(heard).toEqual([true, false])
    })
    await steps.soon(() => heard.length === 3)
    expect(heard).toEqual([true, false, true])
    leave()
  })

  test('is over where the browser forbids locks, without asking again and again', async () => {
    let asked = 0
    const locks = {
      hold: () => {
        asked++
        return Promise.reject(new DOMException('Forbidden.', 'SecurityError'))
      },
      released: () => Promise.resolve(),
    }
    joinElection(browserRandom.id(), locks, () => {})
    await steps.rest()
    expect(asked).toBe(1)
  })
})

describe('an election by messages', () => {
  test('that two have won makes both apply again', async () => {
    vi.stubGlobal('addEventListener', () => {})
    vi.stubGlobal('navigator', {}) // with Web Locks the library would go by those
    const name = browserRandom.id()
    const heard: boolean[] = []
    const leave = joinElection(name, null, (leads) => heard.push(leads))
    await vi.waitFor(() => expect(heard).toEqual([true]), { timeout: 10_000 })
    const other = new BroadcastChannel(name)
    const told: string[] = []
    other.onmessage = ({ data }) => told.push(data.data.action)
    other.postMessage({
      time: 0,
      type: 'internal',
      data: { context: 'leader', action: 'tell', token: 'other' },
    })
    await vi.waitFor(() => expect(heard).toEqual([true, false, true]), { timeout: 10_000 })
    expect(told[0]).toBe('tell')
    leave()
    other.close()
  })

  test('that is left while it applies leaves no rejection unhandled, though the library posts once more', async () => {
    vi.stubGlobal('addEventListener', () => {})
    vi.stubGlobal('navigator', {})
    const unhandled: unknown[] = []
    const note = (error: unknown) => unhandled.push(error)
    process.on('unhandledRejection', note)
    const posted = vi.spyOn(BroadcastChannel.prototype, 'postMessage')
    const name = browserRandom.id()
    const leave = joinElection(name, null, () => {})
    await vi.waitFor(() => expect(posted).toHaveBeenCalled())
    // A leader has died: it applies again when the first attempt is over.
    const [dead, witness] = [new BroadcastChannel(name), new BroadcastChannel(name)]
    const heard: unknown[] = []
    witness.onmessage = ({ data }) => heard.push(data.data.action)
    dead.postMessage({
      time: 0,
      type: 'internal',
      data: { context: 'leader', action: 'death', token: 'other' },
    })
    await steps.soon(() => heard.includes('death'))
    leave()
    const refused = () => posted.mock.results.filter(({ type }) => type === 'throw')
    await vi.waitFor(() => expect(refused()).not.toEqual([]), { timeout: 10_000 })
    await steps.rest()
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
    posted.mockRestore()
    for (const each of [dead, witness]) each.close()
  })
})
