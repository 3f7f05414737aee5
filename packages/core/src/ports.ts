/** What the coordinator needs of the world. `adapters/` has the browser's, the tests have fakes. */
export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly store: RecordStore
  /** Null where the browser has no Web Locks, as on plain http. */
  readonly locks: Locks | null
  readonly page: Page
  openTransport(onMessage: (raw: unknown) => void): Transport
  /** Applies for leadership until the returned function is called. */
  joinElection(onLeadership: (leads: boolean) => void): () => void
}

export interface Clock {
  /** Milliseconds since the epoch by the wall clock: the one clock that all tabs share. */
  nowMs(): number
  /** Calls back after `delayMs` of real time, whatever the wall clock does; returns a function that cancels. */
  setTimer(delayMs: number, callback: () => void): () => void
}

export interface Random {
  /** A new identifier that nobody can guess. */
  id(): string
  /** A number in [0, 1). */
  fraction(): number
}

/** The outcome of one transaction: the raw value to write, or nothing to leave it alone. */
export interface Decision<T> {
  readonly write?: unknown
  readonly result: T
}

export interface RecordStore {
  /**
   * Reads and changes the record in one transaction. `decide` must be pure: it may run more than once.
   * Resolves after the change is committed, and rejects if nothing was changed.
   */
  transact<T>(decide: (raw: unknown) => Decision<T>): Promise<T>
  /** Reads the record alone; cheaper, and never waits behind a writer's queue. */
  read(): Promise<unknown>
}

export interface Locks {
  /** Runs `body` while this page holds the lock `name` alone. Rejects if `signal` aborts while it waits. */
  hold<T>(name: string, signal: AbortSignal, body: () => Promise<T>): Promise<T>
  /** Resolves as soon as nobody holds the lock `name`; rejects if `signal` aborts first. */
  released(name: string, signal: AbortSignal): Promise<void>
}

export interface Transport {
  post(message: unknown): void
  close(): void
}

/**
 * What happens to the page. `left`: it is unloaded or enters the back-forward cache; `returned`: it comes back
 * from there; `woken`: it was resumed, shown, or put on line, and may have missed something.
 */
export type PageFact = 'shown' | 'hidden' | 'woken' | 'online' | 'left' | 'returned'

export interface Page {
  /** The names of the coordinators that run in this page. */
  readonly names: Set<string>
  isVisible(): boolean
  subscribe(listener: (fact: PageFact) => void): () => void
}
