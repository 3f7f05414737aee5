/** How a request to the data plane was received. */
export type RestOutcome = 'valid' | 'expired' | 'invalid' | 'anon'

/** Counts of requests to `/rest/v1`. */
export interface RestCounts extends Readonly<Record<RestOutcome, number>> {
  readonly total: number
}

const NONE: RestCounts = { total: 0, valid: 0, expired: 0, invalid: 0, anon: 0 }

/** Counts the requests to the data plane since the start or the last reset. */
export class RestLog {
  #counts = NONE

  get counts(): RestCounts {
    return this.#counts
  }

  add(outcome: RestOutcome): void {
    this.#counts = { ...this.#counts, total: this.#counts.total + 1, [outcome]: this.#counts[outcome] + 1 }
  }

  clear(): void {
    this.#counts = NONE
  }
}
