import type { Bench } from './bench.ts'
import type { BenchState } from './bench-state.ts'

const GIVE_UP_MS = 45 * 1000 // 45 seconds: supabase-js repeats a request for up to 30
const QUIET_MS = 600
const QUIET_AT_MOST_MS = 5 * 1000 // 5 seconds

/**
 * Waits until something is so on one side.
 * @throws {Error} With `what` if it does not come to that; the reason of `signal` when the run is stopped.
 */
export function waitFor(
  bench: Bench,
  isSo: (state: BenchState) => boolean,
  what: string,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const ending = new AbortController()
    const end = (settle: () => void) => {
      ending.abort()
      settle()
    }
    const look = () => isSo(bench.getState()) && end(resolve)
    const timer = setTimeout(
      () => end(() => reject(new Error(`It did not come to this: ${what}.`))),
      GIVE_UP_MS,
    )
    const stop = () => end(() => reject(signal.reason))
    ending.signal.addEventListener('abort', bench.subscribe(look))
    ending.signal.addEventListener('abort', () => clearTimeout(timer))
    signal.addEventListener('abort', stop, { signal: ending.signal })
    if (signal.aborted) stop()
    else look()
  })
}

/** Waits until nothing has changed for a moment: the last news has arrived everywhere. */
export async function waitForQuiet(bench: Bench, signal: AbortSignal): Promise<void> {
  const latestMs = performance.now() + QUIET_AT_MOST_MS
  let state: BenchState | null = null
  while (state !== bench.getState() && performance.now() < latestMs) {
    state = bench.getState()
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    signal.throwIfAborted()
  }
}
