import type { Steps } from './contracts/contract.ts'

declare const setImmediate: (callback: () => void) => void

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** For contracts that are held by what Node really has: turns of its event loop, and no timers. */
export const realSteps: Steps = {
  run: (promise) => promise,
  async soon(condition) {
    for (let turns = 0; !condition(); turns++) {
      if (turns > 100_000) throw new Error('It did not happen.')
      await turn()
    }
  },
  async rest() {
    for (let turns = 0; turns < 50; turns++) await turn()
  },
}
