/** An access token that a client showed on a websocket. Never the token itself. */
export interface RealtimePresentation {
  readonly atMs: number
  /** `phx_join`, or `access_token` for a token that replaces the one of the join. */
  readonly event: 'phx_join' | 'access_token'
  readonly topic: string
  readonly state: 'valid' | 'expired' | 'invalid' | 'anon'
  readonly sessionId: string | null
  /** The token's `iat`, in seconds since 1970. */
  readonly iat: number | null
}

/** What came over the websockets since the start or the last reset. */
export class RealtimeLog {
  #presented: readonly RealtimePresentation[] = []
  #connections = 0

  /** The oldest first. */
  get presented(): readonly RealtimePresentation[] {
    return this.#presented
  }

  /** Websockets that are open now. */
  get connections(): number {
    return this.#connections
  }

  opened(): void {
    this.#connections += 1
  }

  closed(): void {
    this.#connections -= 1
  }

  add(presentation: RealtimePresentation): void {
    this.#presented = [...this.#presented, presentation]
  }

  /** Forgets what was presented. Open websockets stay open, and counted. */
  clear(): void {
    this.#presented = []
  }
}
