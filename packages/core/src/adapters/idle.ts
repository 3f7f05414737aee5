import type { IdlePorts } from '../idle/ports.ts'
import { subscribeToActivity, subscribeToFocus } from './activity.ts'
import { browserClock } from './clock.ts'
import { openIndexedDb } from './indexed-db.ts'
import { browserPage } from './page-lifecycle.ts'
import { openTransport } from './transport.ts'

/** Everything an idle timer needs, from this browser. */
export const browserIdlePorts = (name: string): IdlePorts => ({
  clock: browserClock,
  page: browserPage,
  // A key that no coordinator's name can be.
  store: openIndexedDb(['idle', name]),
  openTransport: (onMessage) => openTransport(`solotab:${name}:idle`, onMessage),
  subscribeToActivity,
  subscribeToFocus,
})
