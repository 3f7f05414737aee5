import type { InspectPorts } from '../inspect/inspector.ts'
import { browserClock } from './clock.ts'
import { openIndexedDb } from './indexed-db.ts'
import { postSoon } from './local-channel.ts'
import { browserLockList } from './lock-list.ts'
import { browserRandom } from './random.ts'

/** Everything an inspector needs, from this browser. */
export const browserInspectPorts = (name: string): InspectPorts => ({
  clock: browserClock,
  random: browserRandom,
  store: openIndexedDb(name),
  lockList: browserLockList(),
  post: (message) => postSoon(`solotab:${name}`, message),
})
