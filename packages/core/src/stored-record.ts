import { count, number, orNull, parseFailure, parseHeld, pick, text } from './message.ts'
import { emptyRecord, type Intent, type SessionRecord } from './record.ts'
import type { Session } from './session.ts'

/** Reads what the store holds. A record of a newer build must be left as it is. */
export const parseRecord = <S extends Session>(
  raw: unknown,
): SessionRecord<S> | 'newer-build' | 'garbled' => {
  if (raw === undefined) return emptyRecord()
  const head = pick<Pick<SessionRecord, 'v'>>(raw, { v: count })
  if (head && head.v !== 1) return 'newer-build'
  const record = pick<SessionRecord<S>>(raw, {
    v: count,
    generation: count,
    session: orNull(parseHeld),
    endReason: text,
    // The session can do without these.
    intent: (intent) => pick<Intent>(intent, { id: text, sendByMs: number, deadlineMs: number }),
    failure: parseFailure,
  })
  return record ?? 'garbled'
}
