import type { SessionRecord } from '../record.ts'
import type { Session } from '../session.ts'

/**
 * The record with an access token that has just expired, as if it had been granted earlier. A new generation, so that
 * all tabs hear of it; a grant in flight keeps its intent. The record itself if there is no session.
 */
export const expireTokens = <S extends Session>(
  record: SessionRecord<S>,
  nowMs: number,
): SessionRecord<S> => {
  const { session, generation } = record
  if (!session) return record
  const grantedAtMs = nowMs - session.lifetimeMs
  return { ...record, generation: generation + 1, session: { ...session, grantedAtMs } }
}
