import type { LockList } from '../../adapters/lock-list.ts'
import type { Locks } from '../../ports.ts'
import { type Clause, equal, rejectionOf, type Steps } from './contract.ts'

export interface LockListHarness extends Steps {
  /** What all names of this clause begin with. */
  readonly prefix: string
  /** The locks as another page has them. */
  open(): Locks & LockList
}

const never = () => new AbortController().signal

/** Holds a lock until `release` is called; `lost` settles when it is no longer held. */
const hold = (locks: Locks, name: string) => {
  let release = () => {}
  let held = false
  const lost = locks.hold(name, never(), async () => {
    held = true
    await new Promise<void>((resolve) => {
      release = resolve
    })
  })
  lost.catch(() => {})
  return { lost, isHeld: () => held, release: () => release() }
}

export const lockListContract: Clause<LockListHarness>[] = [
  {
    says: 'it has what is held and what is waited for, and nothing with another prefix',
    async run({ open, prefix, run, soon, rest }) {
      const [page, other] = [open(), open()]
      const first = hold(page, `${prefix}a`)
      const outside = hold(page, `not-${prefix}a`)
      await soon(() => first.isHeld() && outside.isHeld())
      const second = hold(other, `${prefix}a`)
      const end = new AbortController()
      const waits = rejectionOf(other.released(`${prefix}a`, end.signal))
      await rest()
      const list = await run(other.list(prefix))
      equal(
        list.map(({ name, mode, held }) => ({ name: name.slice(prefix.length), mode, held })),
        [
          { name: 'a', mode: 'exclusive', held: true },
          { name: 'a', mode: 'exclusive', held: false },
          { name: 'a', mode: 'shared', held: false },
        ],
      )
      equal(list[1]?.client, list[2]?.client)
      end.abort()
      await run(waits)
      first.release()
      await soon(second.isHeld)
      second.release()
      outside.release()
      await run(Promise.all([first.lost, second.lost, outside.lost]))
      equal(await run(page.list(prefix)), [])
    },
  },
  {
    says: 'a stolen lock is lost to its holder, and the next in the queue has it',
    async run({ open, prefix, run, soon, rest }) {
      const name = `${prefix}a`
      const first = hold(open(), name)
      await soon(first.isHeld)
      const second = hold(open(), name)
      await rest()
      equal(second.isHeld(), false)
      await run(open().steal(name))
      const lost = (await run(rejectionOf(first.lost))) as { name?: string }
      equal(lost.name, 'AbortError')
      await soon(second.isHeld)
      second.release()
      await run(second.lost)
    },
  },
]
