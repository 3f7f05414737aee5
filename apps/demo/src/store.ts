/** A value that tells its listeners when it was replaced. */
export interface Store<T> {
  get(): T
  set(changes: Partial<T>): void
  subscribe(listener: () => void): void
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(changes) {
      value = { ...value, ...changes }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
    },
  }
}
