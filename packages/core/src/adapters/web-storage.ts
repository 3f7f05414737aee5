/** Items that are no session: PKCE code verifiers, and the session of an app that had no Solotab yet. */
export interface ItemStorage {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): void | Promise<void>
  removeItem(key: string): void | Promise<void>
}

/** The page's localStorage; what that does not take, since it is missing, forbidden or full, lives in memory. */
export const openLocalStorage = (): ItemStorage => {
  const memory = new Map<string, string>()
  const attempt = <T>(use: () => T): T | null => {
    try {
      return use()
    } catch {
      return null
    }
  }
  return {
    getItem: (key) => memory.get(key) ?? attempt(() => localStorage.getItem(key)),
    setItem(key, value) {
      if (attempt(() => localStorage.setItem(key, value)) === null) memory.set(key, value)
    },
    removeItem(key) {
      memory.delete(key)
      attempt(() => localStorage.removeItem(key))
    },
  }
}
