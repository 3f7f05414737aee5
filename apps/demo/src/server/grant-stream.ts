import type { GrantEntry } from '@solotab/auth-server'
import { type Grant, grantOf } from './grant.ts'

/**
 * Follows the grants that reach a server, each at the moment of its commit, and again when its answer turns out lost.
 * @returns Ends it.
 */
export function followGrants(url: string, onGrant: (grant: Grant) => void): () => void {
  const stream = new EventSource(`${url}/control/stream`)
  const tell = (entry: GrantEntry) => {
    const grant = grantOf(entry)
    if (grant) onGrant(grant)
  }
  // After a lost connection the browser asks anew, and the snapshot has what was missed.
  stream.addEventListener('snapshot', ({ data }) => JSON.parse(data).grants.forEach(tell))
  for (const type of ['grant', 'grant-updated']) {
    stream.addEventListener(type, ({ data }) => tell(JSON.parse(data).grant))
  }
  return () => stream.close()
}
