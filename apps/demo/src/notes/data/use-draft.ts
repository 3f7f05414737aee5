import { useCallback, useSyncExternalStore } from 'react'
import { createDrafts } from './drafts.ts'

const drafts = createDrafts(() => sessionStorage)

/** A text that is being written, and how to change it; null is no text. It stays when its component goes. */
export function useDraft(userId: string, of: number | 'new'): [string | null, (text: string | null) => void] {
  const key = `${userId}/${of}`
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(key))
  return [draft, useCallback((text) => drafts.set(key, text), [key])]
}

/** The ids of the notes that this user is changing, in this tab. */
export function useChangedIds(userId: string): number[] {
  const keys = useSyncExternalStore(drafts.subscribe, drafts.keys)
  return keys.filter((key) => key.startsWith(`${userId}/`)).flatMap((key) => idIn(key))
}

function idIn(key: string): number[] {
  const id = Number(key.slice(key.lastIndexOf('/') + 1))
  return Number.isInteger(id) ? [id] : []
}
