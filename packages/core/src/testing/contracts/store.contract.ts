import type { RecordStore } from '../../ports.ts'
import { type Clause, equal, rejectionOf, type Steps } from './contract.ts'

export interface StoreHarness extends Steps {
  /** The same record, as another page opens it. */
  open(): RecordStore
}

const put = (store: RecordStore, value: unknown) => store.transact(() => ({ write: value, result: null }))

const count = (store: RecordStore) =>
  store.transact((raw) => {
    const next = ((raw as number | undefined) ?? 0) + 1
    return { write: next, result: next }
  })

export const storeContract: Clause<StoreHarness>[] = [
  {
    says: 'a record that was never written is undefined',
    async run({ open, run }) {
      equal((await run(open().read())) === undefined, true)
      equal(await run(open().transact((raw) => ({ result: raw === undefined }))), true)
    },
  },
  {
    says: 'what one page writes, every page reads',
    async run({ open, run }) {
      await run(put(open(), { generation: 1, session: { user: 'Ann' } }))
      equal(await run(open().read()), { generation: 1, session: { user: 'Ann' } })
    },
  },
  {
    says: 'a transaction resolves with what it decided, on what was stored',
    async run({ open, run }) {
      await run(put(open(), 5))
      equal(await run(open().transact((raw) => ({ result: `was ${raw}` }))), 'was 5')
      equal(await run(open().read()), 5)
    },
  },
  {
    says: 'transactions of several pages at once lose nothing',
    async run({ open, run }) {
      const pages = [open(), open(), open(), open()]
      const counts = await run(
        Promise.all(Array.from({ length: 40 }, (_, n) => count(pages[n % 4] ?? open()))),
      )
      equal(new Set(counts).size, 40)
      equal(await run(open().read()), 40)
    },
  },
  {
    says: 'a transaction whose decision throws is rejected with that, and changes nothing',
    async run({ open, run }) {
      await run(put(open(), 5))
      const bug = new RangeError('bug')
      const failed = open().transact(() => {
        throw bug
      })
      equal((await run(rejectionOf(failed))) === bug, true)
      equal(await run(open().read()), 5)
    },
  },
  {
    says: 'changing what was read changes nothing that is stored',
    async run({ open, run }) {
      await run(put(open(), { n: 1 }))
      Reflect.set((await run(open().read())) as object, 'n', 2)
      equal(await run(open().read()), { n: 1 })
    },
  },
]
