import type { FactBody } from './fact.ts'

declare global {
  /** The harness's ear, a binding of the DevTools protocol: it works off line and while the page is frozen. */
  var chaosTell: ((fact: string) => void) | undefined
}

export const query = new URLSearchParams(location.search)

/** A page load has a name of its own: a reload keeps the address, not the name. */
export const load = `${query.get('tab')}-${performance.timeOrigin.toFixed(0)}`

export const tell = (body: FactBody): void =>
  globalThis.chaosTell?.(JSON.stringify({ load, atMs: Date.now(), ...body }))

/** Names a token without being a part of it (FNV-1a, twice with different starts). */
export function digest(token: string): string {
  const hash = (start: number) => {
    let state = start
    for (let index = 0; index < token.length; index += 1) {
      state = Math.imul(state ^ token.charCodeAt(index), 0x01000193)
    }
    return (state >>> 0).toString(16).padStart(8, '0')
  }
  return hash(0x811c9dc5) + hash(0x1234567)
}
