import { SOLOTAB_STORAGE_KEY } from '../pane/storage-key.ts'
import type { Side } from '../protocol/side.ts'
import { NOTHING_STAGED, type Staged, writeStaged } from '../protocol/staged.ts'

/** Nobody is signed in on this side any more, nothing is staged. */
export async function clearSide(side: Side, storage: Staged['storage'], url: string): Promise<Staged> {
  const staged = { ...NOTHING_STAGED, storage, url }
  writeStaged(side, staged)
  // The key that supabase-js chooses.
  if (side === 'stock') localStorage.removeItem(`sb-${new URL(url).hostname.split('.')[0]}-auth-token`)
  else await deleteRecord(SOLOTAB_STORAGE_KEY)
  return staged
}

/** Solotab's record of a session. */
async function deleteRecord(name: string): Promise<void> {
  const database = await result(openDatabase())
  const transaction = database.transaction('records', 'readwrite')
  await result(transaction.objectStore('records').delete(name))
  database.close()
}

function openDatabase(): IDBOpenDBRequest {
  const opening = indexedDB.open('solotab')
  opening.onupgradeneeded = () => opening.result.createObjectStore('records')
  return opening
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
