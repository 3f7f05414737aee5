import type { FaultKind } from './faults.ts'

/** How one `/token` request ended. */
export type GrantOutcome =
  /** A new session: `password` and `pkce`. */
  | 'issued'
  /** A refresh that issued a new refresh token. */
  | 'rotated'
  /** A refresh that was answered with the refresh token that is active already. */
  | 'answered-again'
  | 'refused'
  | 'rate-limited'
  /** An injected fault kept it from being performed. */
  | 'failed'

/** One `/token` request. Never holds a token. */
export interface GrantEntry {
  /** 1, 2, 3, ... in the order of commit. */
  readonly id: number
  /** Time of the commit (or refusal) by the server's clock. */
  readonly atMs: number
  readonly grantType: string
  /** Null when the session is unknown: a refusal before it was found. */
  readonly sessionId: string | null
  readonly outcome: GrantOutcome
  /** The error code of the answer; null for a success and for a fault that sends none. */
  readonly code: string | null
  /** Null if nothing is ever answered. */
  readonly httpStatus: number | null
  /** A refresh token that had been consumed before was presented. */
  readonly reuse: boolean
  /** The client was gone before the answer was fully sent. Becomes true later, by an update. */
  readonly answerLost: boolean
  /** The injected fault that this request met. */
  readonly fault: FaultKind | null
  /** The `tab` query parameter of the request, or of its `Referer`. */
  readonly tab: string | null
  readonly userAgent: string | null
}

/** What a subscriber of the log is told. */
export type GrantEvent =
  | { readonly type: 'snapshot'; readonly grants: readonly GrantEntry[] }
  | { readonly type: 'grant'; readonly grant: GrantEntry }
  | { readonly type: 'grant-updated'; readonly grant: GrantEntry }

/** Every grant since the start or the last reset. */
export class GrantLog {
  #entries: readonly GrantEntry[] = []
  #lastId = 0
  readonly #listeners = new Set<(event: GrantEvent) => void>()

  /** The oldest first. */
  get entries(): readonly GrantEntry[] {
    return this.#entries
  }

  add(entry: Omit<GrantEntry, 'id' | 'answerLost'>): GrantEntry {
    this.#lastId += 1
    const grant = { id: this.#lastId, ...entry, answerLost: false }
    this.#entries = [...this.#entries, grant]
    this.#emit({ type: 'grant', grant })
    return grant
  }

  /** Does nothing for an entry that a reset has removed. */
  markAnswerLost(id: number): void {
    const before = this.#entries.find((entry) => entry.id === id)
    if (!before) return
    const grant = { ...before, answerLost: true }
    this.#entries = this.#entries.map((entry) => (entry === before ? grant : entry))
    this.#emit({ type: 'grant-updated', grant })
  }

  /** Removes all entries. Ids go on rising, so that a late update cannot hit a new entry. */
  clear(): void {
    this.#entries = []
    this.#emit({ type: 'snapshot', grants: [] })
  }

  /** Tells `listener` the snapshot now and every event from then on. @returns Ends it. */
  subscribe(listener: (event: GrantEvent) => void): () => void {
    this.#listeners.add(listener)
    listener({ type: 'snapshot', grants: this.#entries })
    return () => this.#listeners.delete(listener)
  }

  #emit(event: GrantEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
