import type { Evidence } from './evidence.ts'
import { troublesWith } from './troubles.ts'

/** A query that the server refused for its expired token. */
export interface Refusal {
  readonly sending: string
  readonly atMs: number
  /** How long its token was still valid when the query left Solotab's gate; null if the page did not tell. */
  readonly validForMs: number | null
  /** That it was held up on its way until the token had expired; null: it should not have been sent. */
  readonly cause: string | null
}

/** All queries that were refused for an expired token. The server was there to be asked for another: it has answered. */
export function refusalsOf({ journal, requests, guaranteedMs }: Evidence): readonly Refusal[] {
  const sent = new Map(journal.of('query-sent').map((fact) => [fact.sending, fact]))
  return requests
    .filter(({ status }) => status === 401)
    .map(({ sending, arrivedMs: atMs }) => {
      const fact = sent.get(sending)
      const validForMs = fact?.validForMs ?? null
      const wasValid = fact !== undefined && validForMs !== null && validForMs > 0
      const held = wasValid ? troublesWith(journal, fact.load, fact.atMs, atMs) : []
      const enough = validForMs !== null && validForMs >= guaranteedMs
      const cause =
        enough || held.length > 0 ? [`on its way for ${atMs - (fact?.atMs ?? atMs)} ms`, ...held] : []
      return { sending, atMs, validForMs, cause: cause.join(', ') || null }
    })
}
