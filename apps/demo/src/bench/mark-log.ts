import type { Mark, MarkKind } from './mark.ts'

/** The marks of one side's run. The timeline reads them as they come, past React. */
export class MarkLog {
  #marks: Mark[] = []
  #lastId = 0
  #startMs = performance.now()
  #endMs: number | null = null

  get marks(): readonly Mark[] {
    return this.#marks
  }

  /** Milliseconds since the run began; the run's length once it has ended. */
  get elapsedMs(): number {
    return (this.#endMs ?? performance.now()) - this.#startMs
  }

  get isRunning(): boolean {
    return this.#endMs === null
  }

  add(kind: MarkKind, pane: string | null, text: string): void {
    // What comes after the end belongs to no run: a pane goes on living.
    if (!this.isRunning) return
    this.#lastId += 1
    this.#marks.push({ id: this.#lastId, atMs: this.elapsedMs, kind, pane, text })
  }

  /** A grant's answer was lost, as it turns out later: its mark says so. */
  rewrite(pane: string | null, before: string, text: string): void {
    const index = this.#marks.findLastIndex((mark) => mark.pane === pane && mark.text === before)
    const mark = this.#marks[index]
    if (mark) this.#marks[index] = { ...mark, text }
  }

  begin(): void {
    this.#marks = []
    this.#startMs = performance.now()
    this.#endMs = null
  }

  end(): void {
    this.#endMs ??= performance.now()
  }
}
