/** Items that are no session: PKCE code verifiers, and the session of an app that had no Solotab yet. */
export interface ItemStorage {
  getItem(key: string): string | null | Promise<string | null>
  setItem(key: string, value: string): void | Promise<void>
  removeItem(key: string): void | Promise<void>
}

/** The page's localStorage; in memory where that is missing or forbidden. */
export const openLocalStorage = (): ItemStorage => {
  const memory = new Map<string, string>()
  const attempt = <T>(use: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return use(localStorage)
    } catch {
      return otherwise()
    }
  }
  return {
    getItem: (key) =>
      memory.get(key) ??
      attempt<string | null>(
        (storage) => storage.getItem(key),
        () => null,
      ),
    setItem: (key, value) =>
      attempt<void>(
        (storage) => storage.setItem(key, value),
        () => void memory.set(key, value),
      ),
    removeItem(key) {
      memory.delete(key)
      attempt<void>(
        (storage) => storage.removeItem(key),
        () => {},
      )
    },
  }
}
