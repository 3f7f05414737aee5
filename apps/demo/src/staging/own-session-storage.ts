/** `sessionStorage` as a tab of its own would have it: frames of one page share theirs, tabs do not. */
class OwnStorage implements Storage {
  readonly #items = new Map<string, string>();
  [name: string]: unknown

  get length(): number {
    return this.#items.size
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null
  }
  getItem(name: string): string | null {
    return this.#items.get(name) ?? null
  }
  setItem(name: string, value: string): void {
    this.#items.set(name, value)
  }
  removeItem(name: string): void {
    this.#items.delete(name)
  }
  clear(): void {
    this.#items.clear()
  }
}

/**
 * Gives the page a `sessionStorage` of its own.
 * @param original The page that this one was duplicated from: a browser copies the items, once.
 */
export function giveOwnSessionStorage(page: Window, original: Window | null): void {
  const own = new OwnStorage()
  const items = original?.sessionStorage
  for (let index = 0; index < (items?.length ?? 0); index += 1) {
    const name = items?.key(index)
    const value = name && items?.getItem(name)
    if (name && value) own.setItem(name, value)
  }
  Object.defineProperty(page, 'sessionStorage', { configurable: true, value: own })
}
