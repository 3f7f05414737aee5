import type { DiagnosticBody } from '../diagnostics.ts'
import { remainingMs, type Session } from '../session.ts'
import type { Snapshot } from '../snapshot.ts'
import type { FakeTab } from './fake-tab.ts'

/** The tab's session; fails the test if there is none. */
export const sessionIn = (tab: FakeTab): Session => {
  const snapshot = tab.coordinator.getSnapshot()
  if (snapshot.status !== 'signed-in') throw new Error(`The tab is ${snapshot.status}.`)
  return snapshot.session
}

export const statusIn = (tab: FakeTab): Snapshot['status'] => tab.coordinator.getSnapshot().status

/** Why there is no session in this tab; null if there is one. */
export const reasonIn = (tab: FakeTab): string | null => {
  const snapshot = tab.coordinator.getSnapshot()
  return snapshot.status === 'signed-out' ? snapshot.reason : null
}

/** The code of what fails at present in this tab. */
export const failingIn = (tab: FakeTab): string | null => {
  const snapshot = tab.coordinator.getSnapshot()
  return (snapshot.status === 'signed-in' && snapshot.refreshFailing?.code) || null
}

export const leaderOf = (tabs: readonly FakeTab[]): FakeTab => {
  const leader = tabs.find((tab) => !tab.gone && tab.coordinator.getSnapshot().role === 'leader')
  if (!leader) throw new Error('Nobody leads.')
  return leader
}

/** The different access tokens that the tabs have. */
export const tokensIn = (tabs: readonly FakeTab[]): string[] => [
  ...new Set(tabs.map((tab) => sessionIn(tab).access_token)),
]

export const told = <T extends DiagnosticBody['type']>(tab: FakeTab, type: T) =>
  tab.diagnostics.filter((event): event is Extract<typeof event, { type: T }> => event.type === type)

/** Milliseconds for which the tab's access token is still valid. */
export const validityIn = (tab: FakeTab): number => {
  const session = tab.coordinator.current()
  return session ? remainingMs(session, tab.ports.clock.nowMs()) : 0
}

/** The leftovers of a tab after `close()`. */
export const NOTHING = { timers: 0, tasks: 0, locks: 0, channels: 0, elections: 0, listeners: 0 }
