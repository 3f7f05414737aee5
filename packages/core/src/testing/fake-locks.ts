import type { LockEntry, LockList } from '../adapters/lock-list.ts'
import type { Locks } from '../ports.ts'
import type { EventLoop, Owner } from './event-loop.ts'

interface Request {
  readonly owner: Owner
  readonly shared: boolean
  held: boolean
  readonly grant: () => void
  /** The lock was stolen. What the holder does goes on. */
  readonly lose: () => void
}

export interface FakeLocks {
  /** Milliseconds until a page hears that it was granted a lock. */
  latency: () => number
  open(owner: Owner): Locks & LockList
  /** A page is gone: its locks are free, its requests are forgotten. */
  drop(owner: Owner): void
  /** Takes every lock whose name has `part` in it away from its holders, as `steal` does, and lets it go. */
  steal(part: string): void
  /** Locks that `owner` holds or waits for. */
  countOf(owner: Owner): number
}

const LATENCY_MS = 1
const stolen = () => Object.assign(new Error('The lock was stolen.'), { name: 'AbortError' })

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
      loop.add('lock', request.owner, fake.latency(), request.grant)
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
      if (owner.gone) return
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
      const lose = () => loop.add('lock', owner, LATENCY_MS, () => reject(stolen()))
      const entry: Request = { owner, shared, held: false, grant, lose }
      signal.addEventListener('abort', onAbort)
      queues.set(name, [...(queues.get(name) ?? []), entry])
      pump(name)
    })

  const entriesOf = (owner: Owner) =>
    [...queues].flatMap(([name, queue]) =>
      queue.filter((entry) => entry.owner === owner).map((entry) => ({ name, entry })),
    )

  const clients = new Map<Owner, string>()
  const clientOf = (owner: Owner): string => {
    const client = clients.get(owner) ?? `client-${clients.size}`
    clients.set(owner, client)
    return client
  }

  const list = (prefix: string): LockEntry[] =>
    [...queues]
      .filter(([name]) => name.startsWith(prefix))
      .flatMap(([name, queue]) =>
        queue.map(({ owner, shared, held }): LockEntry => {
          const mode = shared ? 'shared' : 'exclusive'
          return { name, mode, held, client: clientOf(owner) }
        }),
      )
      .sort((one, other) => Number(other.held) - Number(one.held))

  const fake: FakeLocks = {
    latency: () => LATENCY_MS,
    open: (owner) => ({
      hold: (name, signal, body) => request(owner, name, false, signal, body),
      released: (name, signal) => request(owner, name, true, signal, async () => {}),
      list: (prefix) =>
        new Promise((resolve) => loop.add('lock', owner, LATENCY_MS, () => resolve(list(prefix)))),
      async steal(name) {
        fake.steal(name)
      },
    }),
    drop(owner) {
      for (const { name, entry } of entriesOf(owner)) remove(name, entry)
    },
    steal(part) {
      for (const [name, queue] of [...queues]) {
        if (!name.includes(part)) continue
        for (const entry of queue.filter(({ held, shared }) => held && !shared)) {
          remove(name, entry)
          entry.lose()
        }
      }
    },
    countOf: (owner) => entriesOf(owner).length,
  }
  return fake
}
