import type { Locks } from '../../ports.ts'
import { type Clause, equal, rejectionOf, type Steps } from './contract.ts'

export interface LocksHarness extends Steps {
  /** The locks as another page has them. */
  open(): Locks
}

const never = () => new AbortController().signal

/** Holds a lock until `release` is called. */
const hold = (locks: Locks, name: string) => {
  let release = () => {}
  let held = false
  const done = locks.hold(name, never(), async () => {
    held = true
    await new Promise<void>((resolve) => {
      release = resolve
    })
    return 'done'
  })
  return { done, isHeld: () => held, release: () => release() }
}

export const locksContract: Clause<LocksHarness>[] = [
  {
    says: 'a lock is held while its body runs, and its result is passed on',
    async run({ open, run, soon }) {
      const first = hold(open(), 'a')
      await soon(first.isHeld)
      first.release()
      equal(await run(first.done), 'done')
    },
  },
  {
    says: 'a second page has it after the first, and another name at once',
    async run({ open, run, soon, rest }) {
      const first = hold(open(), 'a')
      await soon(first.isHeld)
      const second = hold(open(), 'a')
      const other = hold(open(), 'b')
      await soon(other.isHeld)
      await rest()
      equal(second.isHeld(), false)
      first.release()
      await soon(second.isHeld)
      second.release()
      other.release()
      await run(Promise.all([first.done, second.done, other.done]))
    },
  },
  {
    says: 'a body that fails frees the lock',
    async run({ open, run }) {
      const bug = new RangeError('bug')
      const failed = open().hold('a', never(), () => Promise.reject(bug))
      equal((await run(rejectionOf(failed))) === bug, true)
      await run(open().released('a', never()))
    },
  },
  {
    says: 'released: at once if nobody holds it',
    async run({ open, run }) {
      await run(open().released('a', never()))
    },
  },
  {
    says: 'released: to all who wait, as soon as it is free',
    async run({ open, run, soon, rest }) {
      const first = hold(open(), 'a')
      await soon(first.isHeld)
      let freed = 0
      const waits = [open(), open(), open()].map((locks) => locks.released('a', never()).then(() => freed++))
      await rest()
      equal(freed, 0)
      first.release()
      await run(Promise.all(waits))
      equal(freed, 3)
      await run(first.done)
    },
  },
  {
    says: 'one who gives up waiting is rejected with the reason, and does not get the lock',
    async run({ open, run, soon, rest }) {
      const first = hold(open(), 'a')
      await soon(first.isHeld)
      const cancel = new AbortController()
      let held = false
      const given = open().hold('a', cancel.signal, async () => {
        held = true
      })
      const waited = open().released('a', cancel.signal)
      const rejections = Promise.all([rejectionOf(given), rejectionOf(waited)])
      await rest()
      cancel.abort('enough')
      equal(await run(rejections), ['enough', 'enough'])
      first.release()
      await run(first.done)
      await rest()
      equal(held, false)
    },
  },
  {
    says: 'a signal that was aborted before is refused',
    async run({ open, run }) {
      const aborted = AbortSignal.abort('too late')
      equal(await run(rejectionOf(open().hold('a', aborted, async () => {}))), 'too late')
      equal(await run(rejectionOf(open().released('a', aborted))), 'too late')
    },
  },
  {
    says: 'giving up does nothing once the lock is held',
    async run({ open, run, soon, rest }) {
      const cancel = new AbortController()
      let release = () => {}
      let held = false
      const done = open().hold('a', cancel.signal, async () => {
        held = true
        await new Promise<void>((resolve) => {
          release = resolve
        })
        return 'done'
      })
      await soon(() => held)
      cancel.abort('enough')
      await rest()
      release()
      equal(await run(done), 'done')
    },
  },
]
