const WINDOW_MS = 10 * 1000 // 10 seconds
const SHORTEST_MS = 3 * 1000 // 3 seconds
const AHEAD = 0.08 // of the window, to the right of now

/** The part of the run that is shown, in milliseconds: the last seconds while it runs, then all of it. */
export function windowOf(elapsedMs: number, isRunning: boolean): readonly [number, number] {
  if (!isRunning) return [0, Math.max(SHORTEST_MS, elapsedMs)]
  const endMs = Math.max(WINDOW_MS, elapsedMs + WINDOW_MS * AHEAD)
  return [endMs - WINDOW_MS, endMs]
}
