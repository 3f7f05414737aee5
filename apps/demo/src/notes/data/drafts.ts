/** Texts that were typed and not saved yet, by key. They outlive the session, and a reload of the tab. */
export interface Drafts {
  /** The keys that have a text; the same array until that changes. */
  keys(): readonly string[]
  /** Null: there is none. */
  get(key: string): string | null
  /** Null: forget it. */
  set(key: string, text: string | null): void
  subscribe(listener: () => void): () => void
}

const ITEM = 'solotab-notes-drafts'

/** @param storage Of this tab, such as `sessionStorage`. If it fails, the drafts live as long as the page. */
export function createDrafts(storage: () => Pick<Storage, 'getItem' | 'setItem'>): Drafts {
  const listeners = new Set<() => void>()
  const texts = new Map(Object.entries(stored(storage)))
  let keys = [...texts.keys()]
  return {
    keys: () => keys,
    get: (key) => texts.get(key) ?? null,
    set(key, text) {
      if (text === null) texts.delete(key)
      else texts.set(key, text)
      if (texts.size !== keys.length) keys = [...texts.keys()]
      try {
        storage().setItem(ITEM, JSON.stringify(Object.fromEntries(texts)))
      } catch {
        // Full or forbidden: the page still has it.
      }
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function stored(storage: () => Pick<Storage, 'getItem'>): Record<string, string> {
  try {
    const value: unknown = JSON.parse(storage().getItem(ITEM) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'))
  } catch {
    return {}
  }
}
