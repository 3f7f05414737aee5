import { checkAgreement, current } from './agreement.ts'
import { returnAll, thawAll } from './deeds.ts'
import type { Simulation } from './simulation.ts'
import { NOTHING_WRONG } from './troubles.ts'

/** An orphaned intent, the longest backoff, and what the server may have said about coming back. */
const RECOVERY_MS = 2 * 60 * 1000
const LOOKS = 12

/** Nothing bad happens any more. All tabs come to the newest state, and stay signed in if they are. */
export const comeToRest = async (simulation: Simulation): Promise<void> => {
  const { world, trace, schedule } = simulation
  const lifetimeMs = schedule.lifetimeSeconds * 1000
  trace.note('world', 'ALL IS WELL')
  world.channel.delivery = () => [1]
  world.channel.echoes = false
  world.locks.latency = () => 1
  world.server.fault = NOTHING_WRONG
  for (const tab of world.tabs) tab.interrupt(0, () => {})
  simulation.healStore()
  returnAll(simulation, 0)
  thawAll(simulation)
  await world.advance(1000)
  if (simulation.able().length === 0) simulation.open(true)
  // A message that was lost is made up for on waking.
  for (const tab of simulation.able()) tab.show()
  await world.advance(1000)
  // Where the record was spoilt or lost, the next grant mends that, of a tab that can be seen.
  if (!world.watch.isSuspended('truth')) {
    lookAround(simulation, false)
    // Otherwise somebody refreshes in time, whoever can be seen.
    for (const [index, tab] of simulation.able().entries()) if ((index + schedule.seed) % 3 !== 0) tab.hide()
  }
  await world.advance(RECOVERY_MS + lifetimeMs)
  for (let look = 0; look < LOOKS; look++) {
    await world.advance((2 * lifetimeMs) / LOOKS)
    lookAround(simulation, true)
  }
  if (simulation.pending() > 0) world.watch.violate('live', 'a call of the app never ends')
  await closeAll(simulation)
}

/** I4, and, once all has recovered, that somebody refreshes in time. */
const lookAround = (simulation: Simulation, recovered: boolean): void => {
  const { world, checks } = simulation
  const { watch } = world
  checkAgreement(simulation, 'I4')
  if (!recovered) return
  for (const tab of current(simulation)) {
    const accessToken = tab.coordinator.current()?.tokens.access_token
    if (accessToken && checks.expiryOf(accessToken) <= world.loop.nowMs()) {
      watch.violate('live', 'a token has expired, though the server can be reached')
    }
    if (tab.coordinator.getSnapshot().status === 'loading') watch.violate('live', 'a tab is still loading')
  }
}

/** I10, in every tab. */
const closeAll = async (simulation: Simulation): Promise<void> => {
  const { world, closed } = simulation
  const { watch } = world
  const living = world.tabs.filter((tab) => !tab.gone)
  await world.run(Promise.all(living.map((tab) => tab.coordinator.close())))
  await world.run(Promise.all(living.map((tab) => tab.coordinator.close())))
  for (const tab of living) {
    closed.add(tab)
    const left = Object.entries(tab.leftovers()).filter(([, count]) => count > 0)
    if (left.length > 0) watch.violate('I10', `after close(): ${left.map(([what]) => what).join(', ')}`)
  }
}
