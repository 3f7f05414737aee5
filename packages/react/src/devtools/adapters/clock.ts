export const nowMs = (): number => Date.now()

/** Calls back every second until the returned function is called. */
export const everySecond = (callback: () => void): (() => void) => {
  const timer = setInterval(callback, 1000)
  return () => clearInterval(timer)
}

/** The time of day, as the user's language writes it. */
export const timeOfDay = (atMs: number): string => new Date(atMs).toLocaleTimeString()
