import { expect, test } from 'vitest'
import { Gate } from './gate.ts'
import { holdLocks } from './hold-locks.ts'

test('a frozen page is granted a lock, and sits on it until it thaws', async () => {
  const gate = new Gate()
  const granted: unknown[] = []
  const locks = {
    request: async (...args: unknown[]) => {
      granted.push(args[0])
      return (args.at(-1) as (lock: unknown) => unknown)({ name: args[0] })
    },
  }
  holdLocks(gate, locks as unknown as LockManager)
  gate.freeze()
  const ran: string[] = []
  const held = (locks.request as unknown as LockManager['request'])('leader', async () => {
    ran.push('callback')
    return 'result'
  })
  await Promise.resolve()
  expect([granted, ran]).toEqual([['leader'], []])
  gate.thaw()
  expect(await held).toBe('result')
  expect(ran).toEqual(['callback'])
})
