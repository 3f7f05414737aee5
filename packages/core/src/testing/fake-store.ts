import type { Decision, RecordStore } from '../ports.ts'
import type { EventLoop, Owner } from './event-loop.ts'
import { frozenCopy } from './frozen-copy.ts'

/** The name of the error that an access fails with, or null. */
type StoreFault = (owner: Owner, access: 'read' | 'write') => string | null

export interface FakeDisk {
  /** What is stored, as another program of this origin would see it. */
  raw: unknown
  fault: StoreFault
  /** Times that the record was changed. */
  writes: number
  open(owner: Owner): RecordStore
}

const LATENCY_MS = 1

const fail = (name: string): never => {
  throw Object.assign(new Error('The store has failed.'), { name })
}

/**
 * A shared store. A transaction is one task, so no two overlap; its outcome comes in a later one. A page may be
 * frozen or gone before, between or after the two.
 *
 * @param onWrite Hears what was stored before and what is stored now.
 */
export const createFakeDisk = (
  loop: EventLoop,
  onWrite: (before: unknown, after: unknown) => void,
): FakeDisk => {
  const access = <T>(owner: Owner, transaction: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      loop.add('store', owner, LATENCY_MS, () => {
        try {
          const result = transaction()
          loop.add('store', owner, LATENCY_MS, () => resolve(result))
        } catch (error) {
          loop.add('store', owner, LATENCY_MS, () => reject(error))
        }
      })
    })

  const disk: FakeDisk = {
    raw: undefined,
    fault: () => null,
    writes: 0,
    open: (owner) => ({
      read: () =>
        access(owner, () => {
          const fault = disk.fault(owner, 'read')
          return fault ? fail(fault) : disk.raw
        }),
      transact: <T>(decide: (raw: unknown) => Decision<T>) =>
        access(owner, () => {
          const failsToRead = disk.fault(owner, 'read')
          if (failsToRead) fail(failsToRead)
          // The real one repeats a transaction that could not be committed, so nothing may depend on the first.
          decide(disk.raw)
          const decision = decide(disk.raw)
          if (!('write' in decision)) return decision.result
          const failsToWrite = disk.fault(owner, 'write')
          if (failsToWrite) fail(failsToWrite)
          const before = disk.raw
          disk.raw = frozenCopy(decision.write)
          disk.writes++
          onWrite(before, disk.raw)
          return decision.result
        }),
    }),
  }
  return disk
}
