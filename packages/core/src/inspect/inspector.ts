import type { LockList } from '../adapters/lock-list.ts'
import { SessionError } from '../errors.ts'
import { toMessage } from '../message.ts'
import type { Clock, Random, RecordStore } from '../ports.ts'
import { type SessionRecord, viewOf } from '../record.ts'
import { parseRecord } from '../stored-record.ts'
import { leaderLock, prefixOf } from '../tabs/tab-lock.ts'
import { expireTokens } from './expire-tokens.ts'
import { type LockSummary, summariesOf } from './lock-summary.ts'
import { type RecordSummary, summaryOf } from './record-summary.ts'

/** Looks into a coordinator from outside, and makes happen what else takes an hour. For devtools and tests. */
export interface Inspector {
  /**
   * Reads the stored record; null if it cannot be read here, or is a newer build's.
   * No token is in it, and of the handle only the beginning.
   */
  readRecord(): Promise<RecordSummary | null>
  /** Lists the coordinator's Web Locks; null without Web Locks, as on plain http. */
  readLocks(): Promise<readonly LockSummary[] | null>
  /**
   * Makes the access token count as expired, in all tabs: the leader refreshes it, as it would by then.
   * @throws {SessionError} `session_missing`: nobody is signed in, or the record cannot be used.
   */
  expire(): Promise<void>
  /**
   * Makes the tab that leads give it up, whichever that is, frozen or not: the tab that has waited longest leads then.
   * Resolves with false without Web Locks, where that cannot be done.
   */
  resign(): Promise<boolean>
}

export interface InspectPorts {
  readonly clock: Clock
  readonly random: Random
  readonly store: RecordStore
  readonly lockList: LockList | null
  /** Posts once on the coordinator's channel. */
  post(message: unknown): void
}

const usable = (record: ReturnType<typeof parseRecord>): SessionRecord | null =>
  typeof record === 'string' ? null : record

export const createInspectorWith = (
  { clock, random, store, lockList, post }: InspectPorts,
  name: string,
): Inspector => ({
  async readRecord() {
    const record = usable(parseRecord(await store.read().catch(() => null)))
    return record && summaryOf(record)
  },
  async readLocks() {
    return lockList && summariesOf(name, await lockList.list(prefixOf(name)))
  },
  async expire() {
    const expired = await store.transact((raw) => {
      const record = usable(parseRecord(raw))
      const result = record && expireTokens(record, clock.nowMs())
      return result === record ? { result: null } : { result, write: result }
    })
    if (!expired) throw new SessionError('session_missing', 'There is no session to expire.')
    // Not this tab's id: its own coordinator has to hear it too.
    post(toMessage({ type: 'session', ...viewOf(expired, true, false) }, random.id()))
  },
  async resign() {
    await lockList?.steal(leaderLock(name))
    return lockList !== null
  },
})
