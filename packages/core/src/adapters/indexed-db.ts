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
        // It has run when it is over.
        let decision!: ReturnType<typeof decide>
        await update(
          name,
          (raw) => {
            decision = decide(raw)
            return 'write' in decision ? decision.write : raw
          },
          tracked,
        )
        return decision.result
      }),
  }
}

/** When this page is back, once it was frozen or in the back-forward cache; a new one each time. */
let back: Promise<unknown> | undefined
const transactions = new Set<IDBTransaction | undefined>()

let watched: unknown
/** Once for the page. The first two events are the document's. */
const watchLeaving = (): unknown =>
  (watched ??= [
    ['freeze', 'resume'],
    ['pagehide', 'pageshow'],
  ].map(([leave = '', comeBack = '']) =>
    addEventListener(
      leave,
      ({ persisted }: Partial<PageTransitionEvent>) => {
        // What a page that is closed has begun may still come to its end.
        if (persisted === false) return
        back = new Promise((resolve) => addEventListener(comeBack, resolve, { once: true, capture: true }))
        for (const transaction of transactions) {
          try {
            transaction?.abort()
          } catch {
            // It is over.
          }
        }
      },
      true,
    ),
  ))

/**
 * A page that is frozen, or in the back-forward cache, runs no callbacks, and a transaction that is open in it would
 * keep all other tabs from the store until it comes back. (Chromium does so with frozen pages, WebKit with cached ones.)
 * So it is aborted, and done again then. A frozen page still hears messages, and must not begin one either.
 */
const whileAwake = async <T>(store: UseStore, use: (tracked: UseStore) => Promise<T>): Promise<T> => {
  watchLeaving()
  await back
  const since = back
  let mine: IDBTransaction | undefined
  try {
    return await use((mode, callback) =>
      store(mode, (objects) => {
        mine = objects.transaction
        transactions.add(mine)
        const { db } = mine
        // Somebody deletes the database: a page that keeps it open would keep every new one from it.
        db.onversionchange = () => {
          db.close()
          // idb-keyval opens it anew with the next access.
          db.onclose?.(new Event('close'))
        }
        return callback(objects)
      }),
    )
  } catch (error) {
    if (since === back) throw error
    return whileAwake(store, use)
  } finally {
    transactions.delete(mine)
  }
}
