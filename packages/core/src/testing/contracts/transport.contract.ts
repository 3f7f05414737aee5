import type { Transport } from '../../ports.ts'
import { type Clause, equal, type Steps } from './contract.ts'

export interface TransportHarness extends Steps {
  /** The same channel, as another page opens it. */
  open(onMessage: (raw: unknown) => void): Transport
}

const listener = ({ open }: TransportHarness) => {
  const heard: unknown[] = []
  return { heard, ...open((raw) => heard.push(raw)) }
}

export const transportContract: Clause<TransportHarness>[] = [
  {
    says: 'a message reaches all others, and not its sender',
    async run(harness) {
      const [a, b, c] = [listener(harness), listener(harness), listener(harness)]
      a.post({ n: 1 })
      await harness.soon(() => b.heard.length === 1 && c.heard.length === 1)
      await harness.rest()
      equal([a.heard, b.heard, c.heard], [[], [{ n: 1 }], [{ n: 1 }]])
      for (const each of [a, b, c]) each.close()
    },
  },
  {
    says: 'messages of one page arrive in their order',
    async run(harness) {
      const [a, b] = [listener(harness), listener(harness)]
      const sent = Array.from({ length: 50 }, (_, n) => n)
      for (const n of sent) a.post(n)
      await harness.soon(() => b.heard.length === 50)
      equal(b.heard, sent)
      for (const each of [a, b]) each.close()
    },
  },
  {
    says: 'what arrives is a copy of what was posted',
    async run(harness) {
      const [a, b] = [listener(harness), listener(harness)]
      const message = { n: 1 }
      a.post(message)
      message.n = 2
      await harness.soon(() => b.heard.length === 1)
      equal(b.heard, [{ n: 1 }])
      for (const each of [a, b]) each.close()
    },
  },
  {
    says: 'a page that has closed it hears nothing more, and the others go on',
    async run(harness) {
      const [a, b, c] = [listener(harness), listener(harness), listener(harness)]
      b.close()
      a.post(1)
      await harness.soon(() => c.heard.length === 1)
      await harness.rest()
      equal(b.heard, [])
      for (const each of [a, c]) each.close()
    },
  },
]
