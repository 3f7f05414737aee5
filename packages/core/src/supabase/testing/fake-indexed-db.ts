import type { RecordStore } from '../../ports.ts'

const records = new Map<string, unknown>()

/** In place of IndexedDB, which Node has not: records that outlive the coordinators of a test file. */
export const openIndexedDb = (name: string): RecordStore => ({
  read: async () => structuredClone(records.get(name)),
  async transact(decide) {
    const decision = decide(structuredClone(records.get(name)))
    if ('write' in decision) records.set(name, structuredClone(decision.write))
    return decision.result
  },
})
