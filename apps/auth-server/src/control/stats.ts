import type { RestCounts } from '../data/rest-log.ts'
import type { ServerState } from '../server-state.ts'
import type { GrantEntry, GrantOutcome } from './grant-log.ts'

/** What `GET /control/stats` answers: counts since the start or the last reset. */
export interface Stats {
  readonly grants: Readonly<Record<GrantOutcome, number>> & {
    readonly total: number
    /** Grants that presented a consumed refresh token, whatever came of it. */
    readonly reuse: number
    readonly answerLost: number
  }
  readonly rest: RestCounts
  readonly realtime: {
    /** Websockets that are open now. */
    readonly connections: number
    /** Access tokens presented so far, by state. */
    readonly valid: number
    readonly expired: number
    readonly invalid: number
    readonly anon: number
  }
  readonly users: number
  readonly sessions: number
}

/** Counts what the server has seen. */
export function stats(state: ServerState): Stats {
  const grants = state.grantLog.entries
  const count = (matches: (grant: GrantEntry) => boolean) => grants.filter(matches).length
  const ended = (outcome: GrantOutcome) => count((grant) => grant.outcome === outcome)
  const { presented, connections } = state.realtimeLog
  const shown = (wanted: string) => presented.filter((each) => each.state === wanted).length
  return {
    grants: {
      total: grants.length,
      issued: ended('issued'),
      rotated: ended('rotated'),
      'answered-again': ended('answered-again'),
      refused: ended('refused'),
      'rate-limited': ended('rate-limited'),
      failed: ended('failed'),
      reuse: count((grant) => grant.reuse),
      answerLost: count((grant) => grant.answerLost),
    },
    rest: state.restLog.counts,
    realtime: {
      connections,
      valid: shown('valid'),
      expired: shown('expired'),
      invalid: shown('invalid'),
      anon: shown('anon'),
    },
    users: state.store.users.size,
    sessions: state.store.sessions.size,
  }
}
