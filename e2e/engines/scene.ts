import type { AuthServer } from '@solotab/auth-server'
import { installClock } from '../src/shift-clock.ts'
import { Stage, type TabOptions } from '../src/stage.ts'
import type { Browser, EngineTab } from './engine.ts'
import type { EngineKind } from './engines.ts'
import type { Prelude } from './prelude.ts'

interface Parts {
  readonly kind: EngineKind
  readonly server: AuthServer
  readonly origin: string
  readonly browser: Browser
  readonly prelude: Prelude
  /** Hears what was done differently in this engine. */
  readonly note: (text: string) => void
}

/** One auth server and one browser of any engine, with the same clock: what a scenario plays in. */
export class Scene extends Stage {
  readonly browser: Browser
  readonly prelude: Prelude
  readonly #kind: EngineKind
  /** Tells what was done differently in this engine. */
  readonly note: (text: string) => void

  constructor({ kind, server, origin, browser, prelude, note }: Parts) {
    super(server, origin)
    this.browser = browser
    this.prelude = prelude
    this.#kind = kind
    this.note = note
  }

  /** How many tabs make a herd in this engine. */
  get herd(): number {
    const { size, note } = this.#kind.herd
    if (note) this.note(note)
    return size
  }

  open(options?: TabOptions): Promise<EngineTab> {
    return this.browser.open(this.address(options))
  }

  openMany(count: number, options?: TabOptions): Promise<EngineTab[]> {
    return Promise.all(Array.from({ length: count }, () => this.open(options)))
  }

  /** Lets time pass for the server and for all pages, as when a laptop sleeps: timers do not run meanwhile. */
  async passTime(ms: number): Promise<void> {
    this.prelude.shiftMs += ms
    const { shiftMs } = this.prelude
    await Promise.all(this.browser.tabs().map((tab) => tab.evaluate(installClock, shiftMs)))
  }

  /** Cuts the network; where the driver has no way to, the connections to the auth server. Returns what restores it. */
  async goOffline(): Promise<() => Promise<void>> {
    const reason = this.#kind.cannot['go offline']
    if (!reason) {
      await this.browser.setOffline(true)
      return () => this.browser.setOffline(false)
    }
    this.note(`${reason}: connections to the auth server were dropped instead`)
    this.fault({ kind: 'drop-request', match: 'all-auth', times: 1000 })
    return async () => {
      this.release()
      await Promise.all(this.browser.tabs().map((tab) => tab.evaluate(tellOnline)))
    }
  }
}

/** What the browser says by itself when the network is back. */
function tellOnline(): void {
  window.dispatchEvent(new Event('online'))
}
