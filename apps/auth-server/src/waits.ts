import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Everything that requests wait for, so that it can be ended at once: by a control request, and by `close()`. */
export class Waits {
  #released = new AbortController()

  /** The waits of one request. Call it on arrival: a release ends what this request waits for, now or later on. */
  begin(): RequestWaits {
    return new RequestWaits(this.#released.signal)
  }

  /** Ends the waits of all requests that have arrived. Later requests wait as usual. */
  releaseAll(): void {
    this.#released.abort()
    this.#released = new AbortController()
  }
}

/** What one request waits for. Being released is an expected end, not an error. */
export class RequestWaits {
  readonly #signal: AbortSignal

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** Resolves after `ms` milliseconds, or earlier when released. */
  async elapsed(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#signal }).catch(() => undefined)
  }

  /** Resolves when the client is gone, or earlier when released. */
  async connectionClosed(answer: ServerResponse): Promise<void> {
    if (answer.closed) return
    await once(answer, 'close', { signal: this.#signal }).catch(() => undefined)
  }
}
