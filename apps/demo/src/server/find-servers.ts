import { SIDES, type Side } from '../protocol/side.ts'

/**
 * The addresses of the demo's own servers. A browser opens six connections to an address: the sides would wait for
 * each other's answers at one. Where only the page's own address can be reached, as through a tunnel, they share it.
 */
export async function findServers(base: string): Promise<Readonly<Record<Side, string>>> {
  const shared = { stock: new URL('stock', base).href, solotab: new URL('solotab', base).href }
  try {
    const direct = await (await fetch(new URL('servers.json', base))).json()
    const own = { stock: String(direct['/stock']), solotab: String(direct['/solotab']) }
    await Promise.all(SIDES.map((side) => fetch(`${own[side]}/control/options`)))
    return own
  } catch {
    return shared
  }
}
