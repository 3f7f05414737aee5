import { createStore, get, type UseStore, update } from 'idb-keyval'
import type { RecordStore } from '../ports.ts'

const DATABASE = 'solotab'
const STORE = 'records'

/** The record in IndexedDB, which unlike localStorage has transactions that span tabs. */
export const openIndexedDb = (name: IDBValidKey): RecordStore => {
  const store = createStore(DATABASE, STORE)
  return {
    read: () => whileAwake(store, (tracked) => get(name, tracked)),
    transact: (decide) =>
      whileAwake(store, async (tracked) => {
        const decisions: ReturnType<typeof decide>[] = []
        await update(
          name,
          (raw) => {
            const decision = decide(raw)
            decisions.push(decision)
            return 'write' in decision ? decision.write : raw
          },
          tracked,
        )
        const [decision] = decisions
        if (!decision) throw new Error('The transaction did not run.')
        return decision.result
      }),
  }
}

/**
 * A page that is frozen, or in the back-forward cache, runs no callbacks, and a transaction that is open in it would
 * keep all other tabs from the store until it comes back. (Chromium does so with frozen pages, WebKit with cached ones.)
 * So it is aborted, and done again then. Async: a browser without IndexedDB rejects.
 */
const whileAwake = async <T>(store: UseStore, use: (tracked: UseStore) => Promise<T>): Promise<T> => {
  let transaction: IDBTransaction | undefined
  let wasAborted = false
  let back: unknown
  const abort = () => {
    try {
      transaction?.abort()
      wasAborted = !!transaction
    } catch {
      // It is over.
    }
  }
  const over = new AbortController()
  document.addEventListener('freeze', abort, over)
  const onLeave = ({ persisted }: PageTransitionEvent) => {
    // What a page that is closed has begun may still come to its end.
    if (!persisted) return
    abort()
    back = new Promise((resolve) => addEventListener('pageshow', resolve, { once: true }))
  }
  addEventListener('pagehide', onLeave, over)
  try {
    return await use((mode, callback) =>
      store(mode, (objects) => {
        transaction = objects.transaction
        return callback(objects)
      }),
    )
  } catch (error) {
    if (!wasAborted) throw error
    // A frozen page does not hear of it before it thaws, a cached one may.
    await back
    return whileAwake(store, use)
  } finally {
    over.abort()
  }
}
