import type { Clock, Page, RecordStore, Transport } from '../ports.ts'

/** What an idle timer needs of the world. */
export interface IdlePorts {
  readonly clock: Clock
  readonly page: Page
  /** Where a tab that is opened later finds the last activity. */
  readonly store: RecordStore
  openTransport(onMessage: (raw: unknown) => void): Transport
  /** Calls back at each input of the user to this page; returns a function that ends this. */
  subscribeToActivity(listener: () => void): () => void
  /** Calls back when the user turns to this window; returns a function that ends this. */
  subscribeToFocus(listener: () => void): () => void
}
