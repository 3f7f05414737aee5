/** One lock that a page holds, or waits for, as the browser's list of locks has it. */
export interface LockEntry {
  readonly name: string
  readonly mode: 'exclusive' | 'shared'
  /** False: the page waits for it. */
  readonly held: boolean
  /** The same for all locks of one page. */
  readonly client: string
}

/** The locks of this origin. */
export interface LockList {
  /** All whose name begins with `prefix`, held ones first. */
  list(prefix: string): Promise<readonly LockEntry[]>
  /** Takes the lock away from whoever holds it, and lets it go at once: the first who waits has it then. */
  steal(name: string): Promise<void>
}

/** The browser's list of Web Locks, or null on plain http and in old browsers. */
export const browserLockList = (): LockList | null => {
  const locks = typeof navigator === 'undefined' ? null : navigator.locks
  if (!locks) return null
  const entries = (infos: LockInfo[] | undefined, held: boolean): LockEntry[] =>
    (infos ?? []).map(({ name = '', mode = 'exclusive', clientId = '' }) => ({
      name,
      mode,
      held,
      client: clientId,
    }))
  return {
    async list(prefix) {
      const { held, pending } = await locks.query()
      return [...entries(held, true), ...entries(pending, false)].filter(({ name }) =>
        name.startsWith(prefix),
      )
    },
    async steal(name) {
      await locks.request(name, { steal: true }, () => {})
    },
  }
}
