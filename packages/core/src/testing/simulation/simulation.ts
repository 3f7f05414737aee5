import type { FakeTab } from '../fake-tab.ts'
import { createWorld, type FakeWorld } from '../fake-world.ts'
import type { ServerOptions } from '../model-server.ts'
import type { InvariantId } from '../watch.ts'
import { type Checks, createChecks } from './checks.ts'
import { describeTab, describeWorld } from './describe-world.ts'
import { MAX_TABS, type Schedule } from './schedule.ts'
import { createTrace, noTrace, type Trace } from './trace.ts'

/** One run of a schedule, with what its commands need to know. */
export interface Simulation {
  readonly schedule: Schedule
  readonly world: FakeWorld
  readonly checks: Checks
  readonly trace: Trace
  /** Pages in the back-forward cache. */
  readonly cached: Set<FakeTab>
  readonly closed: Set<FakeTab>
  /** Tabs that can do something: not gone, closed, or in the cache. */
  able(): FakeTab[]
  /** The store works again, for pages that have one. */
  healStore(): void
  /** Opens a tab, unless there are too many. */
  open(visible: boolean, newer?: boolean): void
  /** Lets a call of the app go on by itself. It has to end, while its tab lives. */
  call(tab: FakeTab, promise: Promise<unknown>): void
  /** Calls whose tab lives and that have not ended. */
  pending(): number
}

const strict = { reuseIntervalMs: 0, parentRule: false }
const RULES: Record<Schedule['server'], ServerOptions> = {
  v1: {},
  v2: { version: 2 },
  strict,
  'strict-v2': { ...strict, version: 2 },
}

/** What pages that cannot store anything cannot keep. */
const WITHOUT_STORE: readonly InvariantId[] = ['I1', 'I2', 'I4', 'I5', 'I6', 'I9', 'live', 'truth', 'prompt']

/** Whether pages of this number have IndexedDB. */
const hasStore = ({ indexedDb }: Schedule, index: number): boolean =>
  indexedDb === 'all' || (indexedDb === 'some' && index % 2 === 0)

export const createSimulation = (schedule: Schedule, traced: boolean): Simulation => {
  const { seed, locks, serverAheadMs, lifetimeSeconds } = schedule
  const expiry = (nowMs: number) => ({
    expires_in: lifetimeSeconds,
    expires_at: Math.floor((nowMs + serverAheadMs) / 1000) + lifetimeSeconds,
  })
  const server = { ...RULES[schedule.server], lifetimeSeconds, expiry }
  const world = createWorld({ seed, shuffle: true, locks, server })
  const trace = traced ? createTrace(world.loop.nowMs) : noTrace
  const checks = createChecks(world, lifetimeSeconds * 1000)
  if (traced) describeWorld(world, trace)
  if (schedule.indexedDb !== 'all') world.watch.suspend(WITHOUT_STORE)
  const calls = new Map<Promise<unknown>, FakeTab>()

  const healStore = () => {
    world.disk.fault = (owner) =>
      hasStore(schedule, world.tabs.indexOf(owner as FakeTab)) ? null : 'InvalidStateError'
  }
  healStore()

  const simulation: Simulation = {
    schedule,
    world,
    checks,
    trace,
    cached: new Set(),
    closed: new Set(),
    healStore,
    able: () =>
      world.tabs.filter((tab) => !tab.gone && !simulation.closed.has(tab) && !simulation.cached.has(tab)),
    open(visible, newer = false) {
      if (world.tabs.filter((tab) => !tab.gone && !simulation.closed.has(tab)).length >= MAX_TABS) return
      const index = world.tabs.length
      const tab = world.open({
        visible,
        started: false,
        newer,
        revoke: async ({ refresh_token }) => world.server.revoke(refresh_token),
      })
      trace.note(index, `OPEN${visible ? '' : ' hidden'}${newer ? ' newer build' : ''}`)
      checks.watchTab(tab)
      if (traced) describeTab(tab, index, trace)
      tab.coordinator.start()
    },
    call(tab, promise) {
      calls.set(promise, tab)
      const done = () => calls.delete(promise)
      promise.then(done, done)
    },
    pending: () => [...calls.values()].filter((tab) => !tab.gone && !simulation.closed.has(tab)).length,
  }
  return simulation
}
