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

/** What an address asks for. */
export interface Asked {
  /** The first one, if it asks for none that there is. */
  readonly scenario: Scenario
  /** It asks for this one, so it is to be run. */
  readonly isMeant: boolean
  /** What it asks for and there is none of. */
  readonly unknown: string | null
}

/** Reads the query of an address. */
export function scenarioIn(search: string): Asked {
  const wanted = new URLSearchParams(search).get('scenario')
  const scenario = SCENARIOS.find(({ id }) => id === wanted)
  return { scenario: scenario ?? thirtyTabsWake, isMeant: !!scenario, unknown: scenario ? null : wanted }
}
