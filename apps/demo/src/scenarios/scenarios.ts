import { accountBanned } from './account-banned.ts'
import { anotherUser } from './another-user.ts'
import { leaderClosed } from './leader-closed.ts'
import { leaderFrozen } from './leader-frozen.ts'
import { lostAnswer } from './lost-answer.ts'
import { offlineOverExpiry } from './offline-over-expiry.ts'
import { rateLimit } from './rate-limit.ts'
import type { Scenario } from './scenario.ts'
import { signOutElsewhere } from './sign-out-elsewhere.ts'
import { staleTab } from './stale-tab.ts'
import { thirtyTabsWake } from './thirty-tabs-wake.ts'

/** All of them, in the order of their buttons. */
export const SCENARIOS: readonly Scenario[] = [
  thirtyTabsWake,
  staleTab,
  leaderClosed,
  leaderFrozen,
  lostAnswer,
  offlineOverExpiry,
  rateLimit,
  signOutElsewhere,
  anotherUser,
  accountBanned,
]

/** The one that an address asks for; null: none, or one that does not exist. */
export function scenarioIn(search: string): Scenario | null {
  const wanted = new URLSearchParams(search).get('scenario')
  return SCENARIOS.find(({ id }) => id === wanted) ?? null
}
