import type { HeldSession } from '../../session.ts'
import type { FakeTab } from '../fake-tab.ts'
import type { InvariantId } from '../watch.ts'
import { recordIn, versionOf } from './record-in.ts'
import type { Simulation } from './simulation.ts'

/** What the news of a change takes at the most, where tabs have to look for it. */
const NEWS_MS = 1000

const STORE_FAULTS = new Set(['abort', 'quota', 'no-store'])

/** Has it tokens whose refresh token was only in the memory of a page that is gone? SPEC: when the store fails. */
const isLeftAlone = ({ schedule }: Simulation, { coordinator }: FakeTab): boolean => {
  if (!schedule.commands.some(({ kind }) => STORE_FAULTS.has(kind))) return false
  const now = coordinator.getSnapshot()
  return now.status === 'signed-in' && now.refreshFailing?.code === 'refresh_token_unavailable'
}

/** Tabs that can have what is stored: a newer build's record is only for tabs of that build. */
export const current = (simulation: Simulation): FakeTab[] => {
  const version = versionOf(simulation.world.disk.raw)
  return simulation.able().filter(({ newer }) => version <= (newer ? 2 : 1))
}

/** I4: all tabs have what is stored. */
export const checkAgreement = (simulation: Simulation, id: InvariantId): void => {
  const { watch, disk, loop } = simulation.world
  if (loop.nowMs() - simulation.checks.writtenMs() < NEWS_MS) return
  // What a page keeps in memory cannot be told from what another one has lost with the record.
  if (watch.isSuspended('I3') && watch.isSuspended('live')) return
  const tabs = current(simulation).filter((tab) => !isLeftAlone(simulation, tab))
  const record = disk.raw === undefined ? null : recordIn(disk.raw)
  // Where the record was spoilt or lost there is no newest generation, but a session or none.
  const counts = record && !watch.isSuspended('I3')
  const textOf = (generation: number, session: HeldSession | null | undefined) =>
    `${counts ? generation : ''} ${session?.tokens.access_token ?? 'no session'}`
  const found = new Set(
    tabs.map(({ coordinator }) => textOf(coordinator.getSnapshot().generation, coordinator.current())),
  )
  if (found.size > 1) watch.violate(id, 'the tabs do not agree')
  if (record && tabs.length > 0 && !found.has(textOf(record.generation, record.session))) {
    watch.violate(id, 'the tabs do not have what is stored')
  }
}
