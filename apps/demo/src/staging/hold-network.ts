import type { Gate } from './gate.ts'

/** What the network is like for this page. */
export interface Network {
  isOffline: boolean
}

/**
 * A frozen page sends nothing before it thaws, and has no answer either: a request that was out is answered by the
 * server all the same. Without a network a request fails, and an answer on its way is lost.
 */
export function holdNetwork(gate: Gate, network: Network, target: Pick<typeof globalThis, 'fetch'>): void {
  const realFetch = target.fetch.bind(target)
  const assertOnline = () => {
    if (network.isOffline) throw new TypeError('Failed to fetch')
  }
  target.fetch = async (input, init) => {
    await gate.open()
    assertOnline()
    const response = await realFetch(input, init).catch(async (error) => {
      await gate.open()
      throw error
    })
    await gate.open()
    assertOnline()
    return response
  }
}
