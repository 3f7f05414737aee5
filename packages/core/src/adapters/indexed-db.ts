import { createStore, get, update } from 'idb-keyval'
import type { RecordStore } from '../ports.ts'

const DATABASE = 'solotab'
const STORE = 'records'

/** The record in IndexedDB, which unlike localStorage has transactions that span tabs. */
export const openIndexedDb = (name: string): RecordStore => {
  const store = createStore(DATABASE, STORE)
  return {
    // Async, so that a browser without IndexedDB rejects and does not throw.
    read: async () => get(name, store),
    async transact(decide) {
      const decisions: ReturnType<typeof decide>[] = []
      await update(
        name,
        (raw) => {
          const decision = decide(raw)
          decisions.push(decision)
          return 'write' in decision ? decision.write : raw
        },
        store,
      )
      const [decision] = decisions
      if (!decision) throw new Error('The transaction did not run.')
      return decision.result
    },
  }
}
