/** What the helpers need of a tab, whichever engine and driver it is of; Playwright's pages have it. */
export interface Tab {
  /** Runs a function or an expression in the page, which knows nothing of its surroundings here, and waits for what it gives. */
  evaluate<R>(run: string | (() => R | Promise<R>)): Promise<R>
  evaluate<R, A>(run: string | ((given: A) => R | Promise<R>), given: A): Promise<R>
}
