import type { Clock } from '../ports.ts'

/** Longer delays overflow in `setTimeout`. */
const MAX_DELAY_MS = 24 * 60 * 60 * 1000 // 1 day

export const browserClock: Clock = {
  nowMs: () => Date.now(),
  setTimer(delayMs, callback) {
    let timer: ReturnType<typeof setTimeout>
    const wait = (leftMs: number) => {
      const next = () => (leftMs > MAX_DELAY_MS ? wait(leftMs - MAX_DELAY_MS) : callback())
      timer = setTimeout(next, Math.min(leftMs, MAX_DELAY_MS))
    }
    wait(delayMs)
    return () => clearTimeout(timer)
  },
}
