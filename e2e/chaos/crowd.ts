import type { BrowserContext } from '@playwright/test'
import type { Seeded } from '../src/seeded.ts'
import type { Journal } from './journal.ts'
import { Tab } from './tab.ts'

/** What was begun for a while, and how it ends. */
interface Ending {
  readonly tab: Tab
  readonly atMs: number
  end(): Promise<void>
}

/** The tabs that are open, the one in front, and what goes on with them for a while. */
export class Crowd {
  readonly random: Seeded
  readonly journal: Journal
  readonly #context: BrowserContext
  readonly #addressOf: (name: string) => string
  #tabs: readonly Tab[] = []
  #endings: readonly Ending[] = []
  #front: Tab | null = null
  #opened = 0

  constructor(
    context: BrowserContext,
    random: Seeded,
    journal: Journal,
    addressOf: (name: string) => string,
  ) {
    this.#context = context
    this.random = random
    this.journal = journal
    this.#addressOf = addressOf
  }

  get tabs(): readonly Tab[] {
    this.#tabs = this.#tabs.filter(({ gone }) => !gone)
    return this.#tabs
  }

  /** The tab that the user sees. */
  get front(): Tab | null {
    return this.#front?.gone ? null : this.#front
  }

  /** Those that run and are behind another one. */
  get behind(): readonly Tab[] {
    return this.tabs.filter((tab) => tab.runs && tab !== this.front)
  }

  /** Opens a tab, in front of the others as in a browser. */
  async open(): Promise<Tab> {
    const name = `tab-${++this.#opened}`
    const tab = await Tab.open(this.#context, name, this.#addressOf(name), this.journal)
    this.#tabs = [...this.tabs, tab]
    await this.show(tab)
    return tab
  }

  /** Brings a tab to the front, which thaws a frozen one first, as a user's click does. */
  async show(tab: Tab): Promise<void> {
    await tab.thaw()
    await tab.show()
    this.#front = tab
  }

  /** Closes, crashes or otherwise loses a tab; another one comes to the front. */
  async lose(tab: Tab, how: 'closed' | 'crashed', act: () => Promise<void>): Promise<void> {
    const next = this.random.pick(this.behind.filter((each) => each !== tab))
    tab.lose(how, this.journal)
    this.#endings = this.#endings.filter((ending) => ending.tab !== tab)
    await act()
    if (!this.front && next) await this.show(next)
  }

  /** Has something end after a while. */
  endLater(tab: Tab, afterMs: number, end: () => Promise<void>): void {
    this.#endings = [...this.#endings, { tab, atMs: Date.now() + afterMs, end }]
  }

  /** Ends what is due, or everything. */
  async endDue(all = false): Promise<void> {
    for (const ending of this.#endings) if (all || ending.atMs <= Date.now()) await this.#end(ending)
  }

  async #end(ending: Ending): Promise<void> {
    if (!this.#endings.includes(ending)) return
    this.#endings = this.#endings.filter((each) => each !== ending)
    try {
      if (!ending.tab.gone) await ending.end()
    } catch (error) {
      this.journal.mishaps.push(`end: ${error}`)
    }
  }
}
