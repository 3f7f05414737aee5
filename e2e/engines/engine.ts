import type { Tab } from '../src/tab.ts'

/** What not every engine, or not every driver, can do. */
export type Ability = 'crash' | 'freeze' | 'show' | 'go offline'

/** A tab of any engine. */
export interface EngineTab extends Tab {
  goto(address: string): Promise<void>
  reload(): Promise<void>
  /** Goes back to the page before. */
  back(): Promise<void>
  close(): Promise<void>
}

/** A browser with nothing stored: a profile of its own, or what counts as one. */
export interface Browser {
  /** The tabs that are open. */
  tabs(): readonly EngineTab[]
  /** Opens a tab, and waits until its page is loaded. */
  open(address: string): Promise<EngineTab>
  /** The first tab that was opened opens another by `window.open`, which has a copy of its session storage. */
  openFrom(opener: EngineTab, address: string): Promise<EngineTab>
  /** Kills the tab's process. */
  crash(tab: EngineTab): Promise<void>
  /** Freezes a tab, hidden as it has to be for that; returns what thaws it. */
  freeze(tab: EngineTab): Promise<() => Promise<void>>
  /** Brings a tab in front of the others. */
  show(tab: EngineTab): Promise<void>
  setOffline(offline: boolean): Promise<void>
  close(): Promise<void>
}

/** One browser engine with its driver, started once for many browsers. */
export interface Engine {
  /** @param proxyPort Where every host name but 127.0.0.1 leads: a server on loopback, which may be asked for whole addresses. */
  newBrowser(proxyPort?: number): Promise<Browser>
  close(): Promise<void>
}
