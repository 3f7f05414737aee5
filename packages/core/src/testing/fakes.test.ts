import { describe, test } from 'vitest'
import { clockContract } from './contracts/clock.contract.ts'
import type { Clause, Steps } from './contracts/contract.ts'
import { electionContract } from './contracts/election.contract.ts'
import { locksContract } from './contracts/locks.contract.ts'
import { pageContract } from './contracts/page.contract.ts'
import { storeContract } from './contracts/store.contract.ts'
import { transportContract } from './contracts/transport.contract.ts'
import { createFakePage } from './fake-page.ts'
import { createWorld, type FakeWorld } from './fake-world.ts'

const stepsOf = (world: FakeWorld): Steps => ({
  run: world.run,
  async soon(condition) {
    await world.loop.runUntil(condition)
    if (!condition()) throw new Error('It did not happen.')
  },
  rest: world.settle,
})

const page = (world: FakeWorld) => world.open({ started: false }).ports

const hold = <H>(port: string, contract: readonly Clause<H>[], harness: (world: FakeWorld) => H) =>
  describe(`the fake ${port}`, () => {
    test.each(contract)('$says', ({ run }) => run(harness(createWorld())))
  })

hold('store', storeContract, (world) => ({ ...stepsOf(world), open: () => page(world).store }))
hold('locks', locksContract, (world) => ({
  ...stepsOf(world),
  open: () => world.locks.open(world.open({ started: false })),
}))
hold('transport', transportContract, (world) => ({
  ...stepsOf(world),
  open: (onMessage) => page(world).openTransport(onMessage),
}))
hold('election', electionContract, (world) => ({
  ...stepsOf(world),
  join: (onLeadership) => page(world).joinElection(onLeadership),
}))
hold('clock', clockContract, (world) => ({ clock: page(world).clock, pass: world.advance }))
hold('page', pageContract, () => {
  const fake = createFakePage(true)
  return {
    page: fake,
    cause(fact) {
      if (fact === 'shown' || fact === 'hidden') fake.visible = fact === 'shown'
      fake.tell(fact)
    },
  }
})
