import { GrantRefused } from '../../errors.ts'
import type { FakeTab } from '../fake-tab.ts'
import { checkAgreement } from './agreement.ts'
import type { CommandKind } from './command-kinds.ts'
import type { Simulation } from './simulation.ts'
import { forgery, GARBLED, NEWER_RECORD, STRANGERS } from './strangers.ts'
import { NOTHING_WRONG, troubleOf } from './troubles.ts'

/** Does what a command says, to the tab that it names. */
type Deed = (simulation: Simulation, tab: FakeTab, amount: number) => unknown

/** What a message takes at the most, and a new leader. */
const CALM_MS = 3000
/** The life of an intent, and a little more. */
const OVERTAKEN_MS = 16 * 1000 // 16 seconds
const HOUR_MS = 60 * 60 * 1000
const CLOCK_STEPS_MS = [2000, 20_000, 70_000, HOUR_MS, 24 * HOUR_MS, 30 * 24 * HOUR_MS]

/** A clock that is put forward or back. */
const clockStep = (amount: number): number =>
  (CLOCK_STEPS_MS[amount % CLOCK_STEPS_MS.length] ?? 0) * (amount < 500 ? 1 : -1)

/** The store refuses a few accesses of a tab: all of them, or writing alone. */
const refuse = ({ world }: Simulation, tab: FakeTab, name: string, writesOnly: boolean, times: number) => {
  const { fault } = world.disk
  let left = times
  world.disk.fault = (owner, access) => {
    const hit = owner === tab && left > 0 && (!writesOnly || access === 'write')
    if (hit) left--
    return hit ? name : fault(owner, access)
  }
}

const frozenIn = ({ world, cached }: Simulation): FakeTab[] =>
  world.tabs.filter((tab) => tab.frozen && !tab.gone && !cached.has(tab))

/** After `amount` things that the tab does to the world; half of the times it begins a grant now. */
const soon = (simulation: Simulation, tab: FakeTab, amount: number, deed: () => void) => {
  tab.interrupt(1 + (amount % 12), () => {
    if (!tab.gone && !tab.frozen) deed()
  })
  if (amount < 500) DEEDS.refresh(simulation, tab, amount)
}

const leaderIn = (simulation: Simulation): FakeTab | undefined =>
  simulation.able().find(({ coordinator }) => coordinator.getSnapshot().role === 'leader')

/** The tab stops. A leader is followed by another, who tells what it left untold; nobody does that for the others. */
const end = ({ world }: Simulation, tab: FakeTab, how: () => void) => {
  if (tab.coordinator.getSnapshot().role !== 'leader') world.watch.suspend(['prompt'])
  how()
}

export const thawAll = (simulation: Simulation): void => {
  for (const tab of frozenIn(simulation)) tab.thaw()
}

export const returnAll = ({ cached, world }: Simulation, amount: number): void => {
  for (const tab of world.tabs) {
    if (cached.delete(tab) && !tab.gone) tab.leaveCache({ shownFirst: amount % 2 === 0 })
  }
}

export const DEEDS: Record<CommandKind, Deed> = {
  open: (simulation, _, amount) => simulation.open(amount < 500),
  close: (simulation, tab) =>
    end(simulation, tab, () => {
      const ended = tab.coordinator.close()
      simulation.closed.add(tab)
      simulation.call(tab, ended)
    }),
  refresh: (simulation, tab) => simulation.call(tab, tab.coordinator.refresh()),
  token(simulation, tab, amount) {
    const { lifetimeSeconds } = simulation.schedule
    const minValidityMs = amount % 2 === 0 ? lifetimeSeconds * amount : 0
    const given = tab.coordinator.getAccessToken(amount < 100 ? {} : { minValidityMs })
    const check = (token: string) => simulation.checks.given(token, amount < 100 ? 0 : minValidityMs)
    simulation.call(tab, given.then(check))
  },
  amend: (simulation, tab, amount) =>
    simulation.call(tab, tab.coordinator.updateSession({ changed: amount } as object)),
  hide: (_, tab) => tab.hide(),
  show: (_, tab) => tab.show(),
  async calm(simulation) {
    const { world } = simulation
    await world.advance(CALM_MS)
    checkAgreement(simulation, 'prompt')
  },

  crash: (simulation, tab) => end(simulation, tab, tab.crash),
  'crash-soon': (simulation, tab, amount) =>
    soon(simulation, tab, amount, () => end(simulation, tab, tab.crash)),
  /** The leader goes in the middle of a grant: all that the others hear, they hear of the next one. */
  async bereave(simulation, tab, amount) {
    const leader = leaderIn(simulation) ?? tab
    if (leader.frozen) return
    DEEDS['crash-soon'](simulation, leader, amount % 500)
    await DEEDS.calm(simulation, tab, amount)
  },
  unload: (simulation, tab) => end(simulation, tab, tab.frozen ? tab.crash : tab.unload),
  reload(simulation, tab, amount) {
    DEEDS.unload(simulation, tab, amount)
    simulation.open(true)
  },
  discard(simulation, tab, amount) {
    DEEDS.crash(simulation, tab, amount)
    simulation.open(amount < 500)
  },

  freeze: (_, tab) => tab.freeze(),
  'freeze-soon': (simulation, tab, amount) => soon(simulation, tab, amount, tab.freeze),
  /** A tab freezes in the middle of a grant, for longer than the others wait for it, and may not hear of theirs. */
  async overtake(simulation, chosen, amount) {
    const tab = leaderIn(simulation) ?? chosen
    if (tab.frozen) return
    const { world } = simulation
    const { delivery } = world.channel
    if (amount < 700) world.channel.delivery = (_, to) => (to === tab ? [] : [1])
    DEEDS['freeze-soon'](simulation, tab, amount % 6)
    await world.advance(OVERTAKEN_MS)
    for (const other of simulation.able()) if (other !== tab) DEEDS.refresh(simulation, other, amount)
    await world.advance(CALM_MS)
    world.channel.delivery = delivery
  },
  thaw: thawAll,
  async sleep(simulation, _, amount) {
    const awake = simulation.able().filter((tab) => !tab.frozen)
    for (const tab of awake) tab.freeze()
    await simulation.world.advance(amount * amount * 500)
    for (const tab of awake) if (!tab.gone) tab.thaw()
  },

  async cache({ cached }, tab) {
    if (tab.frozen) return
    cached.add(tab)
    await tab.enterCache()
  },
  return: (simulation, _, amount) => returnAll(simulation, amount),

  noise({ world }, _, amount) {
    const spreadMs = amount % 3 === 0 ? 5000 : 30
    world.channel.delivery = () => {
      if (world.random() < amount / 1500) return []
      const delayMs = () => world.random() * spreadMs
      return world.random() < 0.2 ? [delayMs(), delayMs()] : [delayMs()]
    }
  },
  echo({ world }) {
    world.channel.echoes = true
  },
  quiet({ world }) {
    world.channel.delivery = () => [1]
  },

  trouble({ world }, _, amount) {
    world.server.fault = troubleOf(amount, world.random)
  },
  well({ world }) {
    world.server.fault = NOTHING_WRONG
  },
  online: ({ world }) => {
    for (const tab of world.tabs) if (!tab.gone && !tab.frozen) tab.tell('online')
  },

  'late-locks': ({ world }, _, amount) => {
    world.locks.latency = () => 1 + world.random() * amount
  },
  rejoin: ({ world }, tab) => (tab.newer ? world.newerElection : world.election).rejoin(tab),
  usurp: ({ world }, tab) => (tab.newer ? world.newerElection : world.election).usurp(tab),
  'steal-leadership': ({ world }) => world.election.steal(),

  'steal-grant': ({ world }) => world.locks.steal(':grant:'),

  abort: (simulation, tab, amount) =>
    refuse(simulation, tab, 'AbortError', amount % 2 === 0, 1 + (amount % 3)),
  quota: (simulation, tab) => refuse(simulation, tab, 'QuotaExceededError', true, Number.POSITIVE_INFINITY),
  'no-store': (simulation, tab) =>
    refuse(simulation, tab, 'InvalidStateError', false, Number.POSITIVE_INFINITY),
  'store-well': ({ healStore }) => healStore(),

  wipe({ world, checks }) {
    checks.done.wipes++
    world.disk.raw = undefined
  },
  garble({ world }, _, amount) {
    world.disk.raw = GARBLED[amount % GARBLED.length]
  },

  jump: ({ world }, _, amount) => world.setClock(clockStep(amount)),
  skew({ schedule }, tab, amount) {
    // Further apart, each tab would take the others' tokens for expired.
    tab.skewMs = ((amount - 500) / 500) * (schedule.lifetimeSeconds / 3) * 1000
  },

  'sign-in': (simulation, tab) =>
    simulation.call(tab, tab.coordinator.signIn(simulation.world.server.signIn())),
  'sign-in-soon'(simulation, tab, amount) {
    soon(simulation, tab, amount, () => DEEDS['sign-in'](simulation, tab, amount))
  },
  'sign-out'(simulation, tab) {
    simulation.checks.done.signOuts++
    simulation.call(tab, tab.coordinator.signOut())
  },
  'sign-out-soon'(simulation, tab, amount) {
    soon(simulation, tab, amount, () => DEEDS['sign-out'](simulation, tab, amount))
  },
  revoke: ({ world, checks }) => world.server.revoke(checks.currentToken()),
  ban({ world }) {
    world.server.fault = () => ({ error: new GrantRefused('user-banned', 'user_banned') })
  },

  stranger: ({ world }, _, amount) => world.channel.inject(STRANGERS[amount % STRANGERS.length]),
  async forge(simulation, tab, amount) {
    const { world } = simulation
    // A tab whose store fails has nothing to check a message with.
    if (world.watch.isSuspended('truth')) world.watch.suspend(['I4'])
    world.channel.inject(forgery(world.disk.raw, amount))
    if (amount < 500) await DEEDS.calm(simulation, tab, amount)
  },

  /** The app is deployed anew, and opened once more. */
  update: (simulation, _, amount) => simulation.open(amount < 500, true),
  'newer-record': ({ world }) => {
    world.disk.raw = NEWER_RECORD
  },
}
