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
 * A page that is frozen runs no callbacks, and a transaction that is open in it would keep all other tabs from the
 * store until it thaws. So it is aborted, and done again then. Async: a browser without IndexedDB rejects.
 */
const whileAwake = async <T>(store: UseStore, use: (tracked: UseStore) => Promise<T>): Promise<T> => {
  let transaction: IDBTransaction | undefined
  let wasAborted = false
  const abort = () => {
    try {
      transaction?.abort()
      wasAborted = !!transaction
    } catch {
      // It is over.
    }
  }
  document.addEventListener('freeze', abort)
  try {
    return await use((mode, callback) =>
      store(mode, (objects) => {
        transaction = objects.transaction
        return callback(objects)
      }),
    )
  } catch (error) {
    // A frozen page does not hear of it before it thaws.
    if (wasAborted) return whileAwake(store, use)
    throw error
  } finally {
    document.removeEventListener('freeze', abort)
  }
}
