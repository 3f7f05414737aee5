import type { Stage } from './stage.ts'
import type { Tab } from './tab.ts'

declare global {
  /** Told of all that a page posts, writes and prints. A test provides it, in every page. */
  var witness: (where: string, text: string) => void
}

/** Is told what pages post, write and print, and knows every refresh token that the server has issued. */
export class Witness {
  readonly #stage: Stage
  readonly #tokens = new Set<string>()
  readonly #seen: { where: string; text: string }[] = []

  constructor(stage: Stage) {
    this.#stage = stage
    const { store } = stage.server.state
    const { addTokenRow } = store
    store.addTokenRow = (...row) => {
      const issued = addTokenRow.apply(store, row)
      this.#tokens.add(issued.token)
      return issued
    }
  }

  readonly see = (where: string, text: string): void => {
    this.#seen.push({ where, text })
  }

  /** Where refresh tokens were seen so far, among them what these tabs hold now. Never the tokens. */
  async leaks(tabs: readonly Tab[]): Promise<string[]> {
    for (const tab of tabs) {
      const held = Object.entries(await tab.evaluate(whatThePageHolds))
      for (const [where, text] of held) this.see(where, text)
    }
    const leaking = this.#seen.filter(({ text }) => [...this.#tokens].some((token) => text.includes(token)))
    return [...new Set(leaking.map(({ where }) => where))]
  }

  /** How many refresh tokens are in the record: one, the active one. */
  async held(tab: Tab): Promise<{ current: number; used: number }> {
    const text = await tab.evaluate(readRecords)
    const found = [...this.#tokens].filter((token) => text.includes(token))
    const active = found.filter(
      (token) => this.#stage.server.state.store.findTokenRow(token)?.revoked === false,
    )
    return { current: active.length, used: found.length - active.length }
  }

  get posts(): number {
    return this.#seen.filter(({ where }) => where.startsWith('BroadcastChannel')).length
  }
}

/** Runs in every page before its scripts. */
export function watch(): void {
  const tell = (where: string, what: unknown) => globalThis.witness(where, JSON.stringify(what) ?? '')
  const wrap = (owner: object, method: string, where: string) => {
    const members = owner as Record<string, (...args: unknown[]) => unknown>
    const original = members[method]
    members[method] = function (this: { name?: string }, ...args) {
      tell(where, args)
      return original?.apply(this, args)
    }
  }
  wrap(BroadcastChannel.prototype, 'postMessage', 'BroadcastChannel message')
  wrap(MessagePort.prototype, 'postMessage', 'MessagePort message')
  wrap(Window.prototype, 'postMessage', 'window message')
  wrap(window, 'postMessage', 'window message')
  wrap(Storage.prototype, 'setItem', 'localStorage or sessionStorage, written')
  wrap(History.prototype, 'pushState', 'history')
  wrap(History.prototype, 'replaceState', 'history')
}

async function whatThePageHolds() {
  const snapshot = app.coordinator?.getSnapshot()
  return {
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    DOM: document.documentElement.outerHTML,
    cookies: document.cookie,
    address: location.href,
    history: JSON.stringify(history.state),
    snapshot: JSON.stringify(snapshot ?? null),
    diagnostics: JSON.stringify(app.diagnostics),
    'getSession()': JSON.stringify(await app.supabase.auth.getSession()),
  }
}

/** All that is in the database, as text; runs in a page. */
export function readRecords(): Promise<string> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('solotab')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('records').objectStore('records').getAll()
      reading.onerror = () => reject(reading.error)
      reading.onsuccess = () => {
        opening.result.close()
        resolve(JSON.stringify(reading.result))
      }
    }
  })
}
