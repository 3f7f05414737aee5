/** Items that are no session: PKCE code verifiers, and the session of an app that had no Solotab yet. */
export interface ItemStorage {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): void | Promise<void>
  removeItem(key: string): void | Promise<void>
}

const attempt = <T>(use: () => T): T | null => {
  try {
    return use()
  } catch {
    return null
  }
}

/**
 * The page's localStorage. Where that is missing, forbidden or full there is nothing: the items are for a redirect,
 * which nothing else survives.
 */
export const browserItems: ItemStorage = {
  getItem: (key) => attempt(() => localStorage.getItem(key)),
  setItem: (key, value) => void attempt(() => localStorage.setItem(key, value)),
  removeItem: (key) => void attempt(() => localStorage.removeItem(key)),
}
