/** The page's clock and timers, moved by hand. */
export interface SimulatedTime {
  nowMs(): number
  /** Moves the clock to the next timer that is due by then, and runs it; false, and the clock is there, if none is. */
  step(untilMs: number): boolean
  /** A task of the real event loop: what the network and the database have answered is heard before it. */
  task(): Promise<void>
}

/** Takes the place of `Date` and of the timers of this page; to be called before anything has used them. */
export function simulateTime(): SimulatedTime {
  const RealDate = Date
  let nowMs = RealDate.now()
  let lastId = 0
  const timers = new Map<number, { atMs: number; everyMs: number | null; run: () => void }>()
  const add = (run: () => void, delayMs: number, everyMs: number | null) => {
    lastId += 1
    timers.set(lastId, { atMs: nowMs + Math.max(0, delayMs), everyMs, run })
    return lastId
  }
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [nowMs] : args, newTarget),
    get: (target, member, receiver) =>
      member === 'now' ? () => nowMs : Reflect.get(target, member, receiver),
  })
  const replaced = {
    setTimeout: (run: () => void, delayMs = 0) => add(run, delayMs, null),
    setInterval: (run: () => void, everyMs = 0) => add(run, everyMs, Math.max(1, everyMs)),
    clearTimeout: (id: number) => void timers.delete(id),
    clearInterval: (id: number) => void timers.delete(id),
  }
  Object.assign(globalThis, replaced)
  const { port1, port2 } = new MessageChannel()

  return {
    nowMs: () => nowMs,
    step(untilMs) {
      const due = [...timers].filter(([, { atMs }]) => atMs <= untilMs)
      const [next] = due.sort(([, one], [, other]) => one.atMs - other.atMs)
      nowMs = next ? Math.max(nowMs, next[1].atMs) : untilMs
      if (!next) return false
      const [id, { everyMs, run }] = next
      if (everyMs === null) timers.delete(id)
      else timers.set(id, { atMs: nowMs + everyMs, everyMs, run })
      run()
      return true
    },
    task: () =>
      new Promise((resolve) => {
        port1.onmessage = () => resolve()
        port2.postMessage(null)
      }),
  }
}
