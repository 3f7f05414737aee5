import type { Gate } from './gate.ts'

type Timers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout' | 'setInterval' | 'clearInterval'>
type Callback = (...args: unknown[]) => void

/** A frozen page runs no timers: those that were due run when it thaws, an interval's ticks as one. */
export function holdTimers(gate: Gate, target: Timers): void {
  const real = {
    setTimeout: target.setTimeout.bind(target),
    clearTimeout: target.clearTimeout.bind(target),
    setInterval: target.setInterval.bind(target),
    clearInterval: target.clearInterval.bind(target),
  }
  const held = new Map<unknown, () => void>()
  const release = (id: unknown) => {
    held.get(id)?.()
    held.delete(id)
  }
  const due = (id: unknown, run: () => void) => {
    if (held.has(id)) return
    if (!gate.isFrozen) return run()
    held.set(
      id,
      gate.pass(() => {
        held.delete(id)
        run()
      }),
    )
  }
  Object.assign(target, {
    setTimeout(callback: Callback, ms?: number, ...args: unknown[]) {
      const id: unknown = real.setTimeout(() => due(id, () => callback(...args)), ms)
      return id
    },
    setInterval(callback: Callback, ms?: number, ...args: unknown[]) {
      const id: unknown = real.setInterval(() => due(id, () => callback(...args)), ms)
      return id
    },
    clearTimeout(id: number) {
      release(id)
      real.clearTimeout(id)
    },
    clearInterval(id: number) {
      release(id)
      real.clearInterval(id)
    },
  })
}
