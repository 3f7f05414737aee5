import type { Ports } from '../ports.ts'
import { browserClock } from './clock.ts'
import { joinElection } from './election.ts'
import { openIndexedDb } from './indexed-db.ts'
import { browserPage } from './page-lifecycle.ts'
import { browserRandom } from './random.ts'
import { openTransport } from './transport.ts'
import { browserLocks } from './web-locks.ts'

/** Everything a coordinator needs, from this browser. */
export const browserPorts = (name: string): Ports => {
  const locks = browserLocks()
  return {
    clock: browserClock,
    random: browserRandom,
    store: openIndexedDb(name),
    locks,
    page: browserPage,
    openTransport: (onMessage) => openTransport(`solotab:${name}`, onMessage),
    joinElection: (onLeadership) => joinElection(`solotab:${name}:leader`, locks, onLeadership),
  }
}
