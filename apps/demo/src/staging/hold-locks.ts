import type { Gate } from './gate.ts'

type Locks = Pick<LockManager, 'request'>
type Callback = (lock: Lock | null) => unknown

/** A frozen page can be granted a Web Lock, and sits on it: the callback runs when the page thaws. */
export function holdLocks(gate: Gate, locks: Locks): void {
  const request = locks.request.bind(locks) as (...args: unknown[]) => Promise<unknown>
  const staged = (...args: [string, Callback] | [string, LockOptions, Callback]) => {
    const callback = args.at(-1) as Callback
    const held = async (lock: Lock | null) => {
      await gate.open()
      return callback(lock)
    }
    return request(...args.slice(0, -1), held)
  }
  Object.defineProperty(locks, 'request', { configurable: true, value: staged })
}
