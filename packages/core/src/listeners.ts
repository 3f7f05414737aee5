/** A set of listeners. One that throws is reported as uncaught and keeps nobody else from hearing. */
export const createListeners = <T>() => {
  const listeners = new Set<(value: T) => void>()
  return {
    add(listener: (value: T) => void): () => void {
      // Wrapped, so that the same function may be added twice and removed once.
      const entry = (value: T) => listener(value)
      listeners.add(entry)
      return () => {
        listeners.delete(entry)
      }
    },
    tell(value: T): void {
      for (const listener of [...listeners]) {
        try {
          listener(value)
        } catch (error) {
          void Promise.reject(error)
        }
      }
    },
  }
}
