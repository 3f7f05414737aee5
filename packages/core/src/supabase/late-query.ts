import type { Session } from '@supabase/supabase-js'
import type { Fetch } from '../adapters/fetch.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'
import type { HeldSession } from '../session.ts'

/**
 * What to answer a query with that the server has refused (RFC 6750 section 3.1): its token may have expired on the
 * way, while the page was frozen or the network slow. With the token that the same session has by now the query is
 * sent once more. Nothing is refreshed for its sake, unless the token has expired by this page's clock, too.
 *
 * @param known What the session was when the query was sent.
 */
export const repeat = async (
  refused: Response,
  coordinator: CoordinatorInternals<Session>,
  known: HeldSession<Session> | null,
  fetch: Fetch,
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> => {
  const headers = new Headers(init?.headers)
  const sent = known?.tokens.access_token
  // A stream can be read once, and a request has one for a body.
  const repeatable = !(input instanceof Request || init?.body instanceof ReadableStream)
  if (!repeatable || headers.get('Authorization') !== `Bearer ${sent}`) return refused
  const now = await coordinator.getSession().catch(() => null)
  if (!now || now.access_token === sent || coordinator.current()?.handle !== known?.handle) return refused
  // Refused by a caller who has given up meanwhile.
  refused.body?.cancel().catch(() => {})
  headers.set('Authorization', `Bearer ${now.access_token}`)
  return fetch(input, { ...init, headers })
}
