import type { Clock } from '../ports.ts'

/** A timer that can be set again and again; what was set before is forgotten then. */
export const createAlarm = (clock: Clock) => {
  let cancel = () => {}
  let isSet = false
  return {
    isSet: () => isSet,
    set(delayMs: number, callback: () => void): void {
      cancel()
      isSet = true
      cancel = clock.setTimer(delayMs, () => {
        isSet = false
        callback()
      })
    },
    cancel(): void {
      cancel()
      isSet = false
    },
  }
}
