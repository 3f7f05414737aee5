import type { Random } from '../ports.ts'

export const browserRandom: Random = {
  // `randomUUID` exists in secure contexts only; this works on plain http too.
  id: () => crypto.getRandomValues(new Uint32Array(4)).join('-'),
  fraction: () => Math.random(),
}
