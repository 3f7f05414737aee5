import { nameOf, SessionError } from './errors.ts'
import type { RecordStore } from './ports.ts'
import { emptyRecord, end, type SessionRecord, type View } from './record.ts'
import type { Session } from './session.ts'
import { parseRecord } from './stored-record.ts'

/** A record, and whether it is in the shared store or only in this page's memory. */
export interface Stored<S extends Session> {
  readonly record: SessionRecord<S>
  readonly durable: boolean
}

export interface SessionStore<S extends Session> {
  read(): Promise<Stored<S>>
  /**
   * Changes the record in one transaction. `change` must be pure; returning its argument changes nothing.
   * `stored` is false when the shared store failed and this page's memory stands in for it.
   * @throws {SessionError} `newer_build`: the record was written by a newer version and is left alone.
   */
  transact(change: (record: SessionRecord<S>, stored: boolean) => SessionRecord<S>): Promise<Stored<S>>
  /** Another tab's memory has gone further than this page's. That a session ended is held here too. */
  heed(view: View<S>): Promise<unknown>
  /** Did the last access fail? */
  isFailing(): boolean
}

/** The one of two records that wins, with a generation past the other's, unless both tell of the same end. */
const past = <S extends Session>(winner: SessionRecord<S>, loser: SessionRecord<S>): SessionRecord<S> =>
  winner.generation > loser.generation ||
  (!winner.session && winner.generation === loser.generation && !loser.session)
    ? winner
    : { ...winner, generation: loser.generation + 1 }

/**
 * The record in the shared store, or, while that fails, in this page's memory. What is in memory goes to the
 * store with the next access that succeeds, unless another tab has gone further meanwhile.
 *
 * @param onHealth Hears the name of the error when the store begins to fail, and null when it works again.
 */
export const createSessionStore = <S extends Session>(
  disk: RecordStore,
  onHealth: (failure: string | null) => void,
): SessionStore<S> => {
  let memory: SessionRecord<S> | null = null
  /** The record as the store last had it; while there is something in memory, as it was before that. */
  let seen = emptyRecord<S>()
  let failing = false

  /** @param merged What was in memory when the record was made; it may have changed since. */
  const worked = (record: SessionRecord<S>, merged: SessionRecord<S> | null): Stored<S> => {
    if (memory === merged) memory = null
    if (!memory) seen = record
    if (failing) onHealth(null)
    failing = false
    return { record, durable: true }
  }

  const failed = (error: unknown): SessionRecord<S> => {
    if (error instanceof SessionError) throw error
    if (!failing) onHealth(nameOf(error))
    failing = true
    return memory ?? seen
  }

  const parse = (raw: unknown): SessionRecord<S> => {
    const record = parseRecord<S>(raw)
    if (record === 'newer-build') {
      throw new SessionError('newer_build')
    }
    return record === 'garbled' ? seen : record
  }

  /** What memory holds was made from `seen`; others may have changed the store since. */
  const newest = (stored: SessionRecord<S>): SessionRecord<S> => {
    if (!memory) return stored
    if (stored.generation <= seen.generation) return memory
    const handles = [seen, stored, memory].map(({ session }) => session?.handle)
    // A sign-out or a sign-in wins over a rotation; of two of those, the one that is stored.
    const wins =
      handles[1] === handles[0] && (handles[2] !== handles[0] || memory.generation > stored.generation)
    return wins ? past(memory, stored) : past(stored, memory)
  }

  const transact: SessionStore<S>['transact'] = async (change) => {
    let merged = memory
    try {
      const record = await disk.transact((raw) => {
        merged = memory
        const onDisk = parse(raw)
        const result = change(newest(onDisk), true)
        return result === onDisk ? { result } : { result, write: result }
      })
      return worked(record, merged)
    } catch (error) {
      const base = failed(error)
      const record = change(base, false)
      if (record !== base) memory = record
      return { record, durable: false }
    }
  }

  return {
    transact,
    async read() {
      // What only memory holds is written by reading it.
      if (memory) return transact((record) => record)
      try {
        const record = parse(await disk.read())
        return memory ? { record: memory, durable: false } : worked(record, null)
      } catch (error) {
        return { record: failed(error), durable: false }
      }
    },
    async heed({ generation, session, endReason }) {
      if (memory && memory.generation < generation) memory = null
      if (session) return
      await transact((record) =>
        record.generation < generation ? { ...end(record, endReason), generation } : record,
      )
    },
    isFailing: () => failing,
  }
}
