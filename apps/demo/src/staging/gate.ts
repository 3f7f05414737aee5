/** What a frozen page does not run is held here, in its order, until it thaws. */
export class Gate {
  #isFrozen = false
  #held: (() => void)[] = []

  get isFrozen(): boolean {
    return this.#isFrozen
  }

  freeze(): void {
    this.#isFrozen = true
  }

  /** Runs what was held. What freezes the page again meanwhile leaves the rest for the next time. */
  thaw(): void {
    this.#isFrozen = false
    while (!this.#isFrozen) {
      const next = this.#held.shift()
      if (!next) return
      try {
        next()
      } catch (error) {
        reportError(error) // as a task of its own would
      }
    }
  }

  /** Runs `task` now, or when the page thaws. @returns Removes it, if it is still held. */
  pass(task: () => void): () => void {
    if (!this.#isFrozen) {
      task()
      return () => {}
    }
    this.#held.push(task)
    return () => {
      this.#held = this.#held.filter((each) => each !== task)
    }
  }

  /** Resolves once the page is not frozen. */
  async open(): Promise<void> {
    if (this.#isFrozen) await new Promise<void>((resolve) => void this.pass(resolve))
  }
}
