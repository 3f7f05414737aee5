import type { Clock } from '../../ports.ts'
import { type Clause, equal } from './contract.ts'

export interface ClockHarness {
  readonly clock: Clock
  /** Lets real time pass. */
  pass(ms: number): Promise<void>
}

const DAY_MS = 24 * 60 * 60 * 1000

export const clockContract: Clause<ClockHarness>[] = [
  {
    says: 'a timer calls once, after its delay and not before',
    async run({ clock, pass }) {
      let calls = 0
      clock.setTimer(1000, () => calls++)
      await pass(999)
      equal(calls, 0)
      await pass(1)
      equal(calls, 1)
      await pass(5000)
      equal(calls, 1)
    },
  },
  {
    says: 'a timer that is cancelled does not call, and cancelling it again is harmless',
    async run({ clock, pass }) {
      let calls = 0
      const cancel = clock.setTimer(1000, () => calls++)
      cancel()
      cancel()
      await pass(2000)
      equal(calls, 0)
    },
  },
  {
    says: 'a timer of many weeks is neither early nor lost, and can be cancelled late',
    async run({ clock, pass }) {
      let calls = 0
      clock.setTimer(60 * DAY_MS, () => calls++)
      const cancel = clock.setTimer(60 * DAY_MS, () => calls++)
      await pass(59 * DAY_MS)
      equal(calls, 0)
      cancel()
      await pass(DAY_MS)
      equal(calls, 1)
    },
  },
  {
    says: 'a timer without delay calls later, not at once',
    async run({ clock, pass }) {
      let calls = 0
      clock.setTimer(0, () => calls++)
      equal(calls, 0)
      await pass(1)
      equal(calls, 1)
    },
  },
  {
    says: 'the time is in milliseconds since the epoch, and goes on',
    async run({ clock, pass }) {
      const beforeMs = clock.nowMs()
      equal(beforeMs > 1_600_000_000_000, true)
      await pass(1500)
      equal(clock.nowMs() - beforeMs >= 1500, true)
    },
  },
]
