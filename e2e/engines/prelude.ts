import { installClock } from '../src/shift-clock.ts'

/** What pages run before their own scripts. The app's server puts it into them, since WebDriver has no way to. */
export class Prelude {
  /** How far the clock of the pages, and of the server, is ahead. */
  shiftMs = 0
  readonly #scripts: (() => void)[] = []

  /** For pages that are opened from now on. */
  add(script: () => void): void {
    this.#scripts.push(script)
  }

  readonly text = (): string =>
    [`(${installClock})(${this.shiftMs})`, ...this.#scripts.map((script) => `(${script})()`)].join(';\n')
}
