import { isRefresh } from '../server/grants.ts'
import { REASONS } from '../session/tab-session.ts'
import type { AppState } from '../state.ts'

/**
 * Why this tab is signed out. Solotab says it. supabase-js alone says SIGNED_OUT and no more; then it is what the
 * page itself saw: the answer to its own call, or the server's list.
 */
export function reasonOf({ session, lastError, grants, name, wasSignedIn }: AppState): string {
  if (session.reason) return session.reason
  if (lastError) return lastError
  const last = grants.findLast((grant) => grant.tab === name)
  if (last?.outcome === 'refused' && isRefresh(last))
    return `the server refused this tab’s refresh (${last.code})`
  return wasSignedIn ? 'supabase-js tells no reason (SIGNED_OUT)' : REASONS['no-session']
}
