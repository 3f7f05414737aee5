import type { Locks } from '../ports.ts'
import type { EventLoop, Owner } from './event-loop.ts'

interface Request {
  readonly owner: Owner
  readonly shared: boolean
  held: boolean
  readonly grant: () => void
}

export interface FakeLocks {
  open(owner: Owner): Locks
  /** A page is gone: its locks are free, its requests are forgotten. */
  drop(owner: Owner): void
  /** Locks that `owner` holds or waits for. */
  countOf(owner: Owner): number
}

const LATENCY_MS = 1

/** Web Locks: a queue per name, granted in a task. A frozen page can be granted a lock and sit on it. */
export const createFakeLocks = (loop: EventLoop): FakeLocks => {
  const queues = new Map<string, Request[]>()

  const pump = (name: string): void => {
    const queue = queues.get(name) ?? []
    for (const [index, request] of queue.entries()) {
      const before = queue.slice(0, index)
      if (before.length > 0 && !(request.shared && before.every((other) => other.held && other.shared)))
        return
      if (request.held) continue
      request.held = true
      loop.add('lock', request.owner, LATENCY_MS, request.grant)
    }
  }

  const remove = (name: string, request: Request): void => {
    const rest = (queues.get(name) ?? []).filter((other) => other !== request)
    if (rest.length > 0) queues.set(name, rest)
    else queues.delete(name)
    pump(name)
  }

  const request = <T>(
    owner: Owner,
    name: string,
    shared: boolean,
    signal: AbortSignal,
    body: () => Promise<T>,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason)
      const onAbort = () => {
        remove(name, entry)
        reject(signal.reason)
      }
      const grant = () => {
        if (signal.aborted) return
        signal.removeEventListener('abort', onAbort)
        const run = async () => body()
        run()
          .finally(() => remove(name, entry))
          .then(resolve, reject)
      }
      const entry: Request = { owner, shared, held: false, grant }
      signal.addEventListener('abort', onAbort)
      queues.set(name, [...(queues.get(name) ?? []), entry])
      pump(name)
    })

  const entriesOf = (owner: Owner) =>
    [...queues].flatMap(([name, queue]) =>
      queue.filter((entry) => entry.owner === owner).map((entry) => ({ name, entry })),
    )

  return {
    open: (owner) => ({
      hold: (name, signal, body) => request(owner, name, false, signal, body),
      released: (name, signal) => request(owner, name, true, signal, async () => {}),
    }),
    drop(owner) {
      for (const { name, entry } of entriesOf(owner)) remove(name, entry)
    },
    countOf: (owner) => entriesOf(owner).length,
  }
}
