import type { Network } from './hold-network.ts'

/** What the page's own properties and events say of it while it is staged. */
export class PageState {
  #isHidden = false
  readonly #page: Window & typeof globalThis

  constructor(page: Window & typeof globalThis, network: Network) {
    this.#page = page
    const { document, navigator } = page
    const realVisibility = () => Reflect.get(page.Document.prototype, 'visibilityState', document)
    Object.defineProperties(document, {
      visibilityState: { configurable: true, get: () => (this.#isHidden ? 'hidden' : realVisibility()) },
      hidden: { configurable: true, get: () => document.visibilityState === 'hidden' },
    })
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => !network.isOffline })
  }

  /** Browsers freeze only pages that are hidden. */
  sayFrozen(): void {
    this.#isHidden = true
    this.#page.document.dispatchEvent(new Event('visibilitychange'))
    this.#page.document.dispatchEvent(new Event('freeze'))
  }

  sayThawed(): void {
    this.#isHidden = false
    this.#page.document.dispatchEvent(new Event('resume'))
    this.#page.document.dispatchEvent(new Event('visibilitychange'))
  }

  sayNetwork(isOffline: boolean): void {
    this.#page.dispatchEvent(new Event(isOffline ? 'offline' : 'online'))
  }
}
