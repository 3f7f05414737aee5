import type { Line } from '../protocol/channel.ts'
import type { Command, FromLab, FromPane } from '../protocol/messages.ts'

/** What a pane said to a command: null is "done", a text is what went wrong. */
type Answers = ReadonlyMap<string, string | null>

interface Open {
  readonly waitingFor: Set<string>
  readonly answers: Map<string, string | null>
  resolve(answers: Answers): void
}

/** Sends commands to panes, and waits for their answers. */
export class Orders {
  readonly #line: Line<FromLab, FromPane>
  readonly #open = new Map<string, Open>()

  constructor(line: Line<FromLab, FromPane>) {
    this.#line = line
  }

  /** Resolves when each of them has answered or is gone. All are told by one message: they act at one moment. */
  give(panes: readonly string[], command: Command): Promise<Answers> {
    const id = crypto.randomUUID()
    const { promise, resolve } = Promise.withResolvers<Answers>()
    if (panes.length === 0) return Promise.resolve(new Map())
    this.#open.set(id, { waitingFor: new Set(panes), answers: new Map(), resolve })
    this.#line.post({ type: 'command', id, panes, command })
    return promise
  }

  answered(id: string, pane: string, error: string | null): void {
    const order = this.#open.get(id)
    if (!order) return
    order.answers.set(pane, error)
    this.#strike(id, order, pane)
  }

  /** Nobody waits for a pane that is gone. */
  gone(pane: string): void {
    for (const [id, order] of this.#open) this.#strike(id, order, pane)
  }

  #strike(id: string, order: Open, pane: string): void {
    order.waitingFor.delete(pane)
    if (order.waitingFor.size > 0) return
    this.#open.delete(id)
    order.resolve(order.answers)
  }
}
