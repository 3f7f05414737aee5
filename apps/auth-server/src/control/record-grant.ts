import type { AppContext } from '../http.ts'
import type { ServerState } from '../server-state.ts'
import type { GrantEntry } from './grant-log.ts'

/** What a grant knows of itself; the rest of its entry is read from the request. */
export type GrantFacts = Pick<GrantEntry, 'outcome' | 'sessionId' | 'code' | 'httpStatus' | 'reuse'>

/** Writes a `/token` request into the log, and watches whether its answer arrives. */
export function recordGrant(state: ServerState, c: AppContext, facts: GrantFacts): void {
  const { id } = state.grantLog.add({
    atMs: state.nowMs(),
    grantType: c.req.query('grant_type') ?? '',
    ...facts,
    fault: c.get('fault') ?? null,
    tab: tabOf(c),
    userAgent: c.req.header('User-Agent') ?? null,
  })
  // Without a status there is no answer that could get lost.
  if (facts.httpStatus === null) return
  const answer = c.env.outgoing
  const markIfLost = () => {
    if (!answer.writableFinished) state.grantLog.markAnswerLost(id)
  }
  if (answer.closed) markIfLost()
  else answer.once('close', markIfLost)
}

/** Which tab a request came from, if the page says so. Only this one parameter: an address may hold secrets. */
function tabOf(c: AppContext): string | null {
  const referer = URL.parse(c.req.header('Referer') ?? '')
  return c.req.query('tab') ?? referer?.searchParams.get('tab') ?? null
}
