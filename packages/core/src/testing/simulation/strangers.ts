import { recordIn } from './record-in.ts'

/** What a build far ahead stores: a record that no tab here can read, and none may write over. */
export const NEWER_RECORD = { v: 3, generation: 1_000, sessions: [], written: 'by a newer build' }

/** What a record can become when something else writes to it. */
export const GARBLED: readonly unknown[] = [
  'garbled',
  null,
  { v: 1 },
  { v: 1, generation: -1, session: null, endReason: 'no-session', intent: null, failure: null },
  { generation: 3, session: null },
]

/** Messages of other builds, and things that are no messages. */
export const STRANGERS: readonly unknown[] = [
  null,
  42,
  'session',
  {},
  { v: 2, from: 'other', type: 'session', generation: 1_000, ended: true },
  { v: 1, from: 'other', type: 'session', generation: '5', session: null },
  { v: 1, from: 'other', type: 'unheard-of' },
  { v: 1, from: 'other', type: 'grant-wanted', rotation: 1_000_000 },
  { v: 1, from: 'other', type: 'grant-wanted', rotation: 0 },
  { v: 1, from: 'other', type: 'state-wanted', generation: 0 },
  { v: 1, from: 'other', type: 'state-wanted', generation: -1 },
]

/** How forged access tokens begin. */
export const FORGED = 'forged'
/** The one that looks like the next rotation. It is shown until the record is read. */
export const FORGED_NEXT = `${FORGED} next`

/** A message that a script of this origin makes up: it looks like the next thing that could happen, or like a leap. */
export const forgery = (raw: unknown, amount: number): unknown => {
  const record = recordIn(raw)
  const leap = amount % 3 === 0 ? 1000 : 0
  const generation = (record?.generation ?? 0) + 1 + leap
  const held = record?.session
  const ends = amount % 2 === 0 || !held
  const tokens = { access_token: leap > 0 ? `${FORGED} leap` : FORGED_NEXT, refresh_token: held?.handle }
  return {
    v: 1,
    from: 'forger',
    type: 'session',
    generation,
    session: ends ? null : { ...held, tokens, rotation: generation },
    endReason: ends ? 'signed-out' : 'no-session',
    failure: null,
    durable: true,
  }
}
