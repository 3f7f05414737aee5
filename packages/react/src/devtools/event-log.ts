import type { Coordinator, Diagnostic } from '@solotab/core'

/** A diagnostic event of this tab, numbered in the order of its coming. */
export interface LoggedEvent {
  readonly number: number
  readonly event: Diagnostic
}

/** The newest events, newest first. */
export interface EventLog {
  /** Begins to listen; returns a function that ends this. */
  start(): () => void
  subscribe(listener: () => void): () => void
  getSnapshot(): readonly LoggedEvent[]
  clear(): void
}

/** More than anybody reads; what is older is forgotten. */
const KEPT = 200

export const createEventLog = (coordinator: Pick<Coordinator, 'onDiagnostic'>): EventLog => {
  const listeners = new Set<() => void>()
  let events: readonly LoggedEvent[] = []
  let count = 0
  const set = (next: readonly LoggedEvent[]) => {
    events = next
    for (const listener of [...listeners]) listener()
  }
  return {
    start: () =>
      coordinator.onDiagnostic((event) => {
        count += 1
        set([{ number: count, event }, ...events.slice(0, KEPT - 1)])
      }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => events,
    clear: () => set([]),
  }
}
