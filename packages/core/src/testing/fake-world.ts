import type { Session } from '../session.ts'
import { createEventLoop, type EventLoop } from './event-loop.ts'
import { createFakeChannel, type FakeChannel } from './fake-channel.ts'
import { createFakeElection, type FakeElection } from './fake-election.ts'
import { createFakeLocks, type FakeLocks } from './fake-locks.ts'
import { createFakeDisk, type FakeDisk } from './fake-store.ts'
import { type FakeTab, openTab, type TabOptions } from './fake-tab.ts'
import { createModelServer, type ModelServer, type ServerOptions } from './model-server.ts'
import { seededRandom } from './seeded-random.ts'
import { createWatch, type Watch } from './watch.ts'

export interface WorldOptions {
  /** Everything that is left to chance follows from it. Default: 1. */
  readonly seed?: number
  /** Tasks that are due together run in an order that follows from the seed. Default: in order of their making. */
  readonly shuffle?: boolean
  /** False: as on plain http, where there are no Web Locks. */
  readonly locks?: boolean
  readonly server?: ServerOptions
}

/** One browser with many tabs, a network and a server, stepped by hand. */
export interface FakeWorld {
  readonly seed: number
  readonly name: string
  readonly loop: EventLoop
  readonly disk: FakeDisk
  readonly locks: FakeLocks
  readonly hasLocks: boolean
  readonly channel: FakeChannel
  readonly election: FakeElection
  /** Of tabs of a newer build. */
  readonly newerElection: FakeElection
  readonly server: ModelServer
  readonly watch: Watch
  readonly random: () => number
  readonly tabs: FakeTab[]
  online: boolean
  /** Hears every message. */
  onPost: (message: unknown) => void
  /** Hears what was stored before and what is stored now. */
  onWrite: (before: unknown, after: unknown) => void
  /** The wall clock that all tabs read; it can be put forward and back. */
  wallMs(): number
  setClock(byMs: number): void
  open(options?: TabOptions): FakeTab
  openMany(count: number, options?: TabOptions): FakeTab[]
  /** Runs all that is due within `ms`. */
  advance(ms: number): Promise<void>
  /** Runs until only timers are left. */
  settle(): Promise<void>
  /** Runs until the promise is settled, timers included. */
  run<T>(promise: Promise<T>): Promise<T>
  /** Opens a tab, signs in there and lets the others hear of it. */
  signedIn(count: number, options?: TabOptions): Promise<FakeTab[]>
  /** The session as the last tab that signed in gave it. */
  signIn(tab: FakeTab): Promise<Session>
}

const START_MS = 1_700_000_000_000

export const createWorld = ({
  seed = 1,
  shuffle = false,
  locks: hasLocks = true,
  server: serverOptions = {},
}: WorldOptions = {}): FakeWorld => {
  const random = seededRandom(seed)
  const loop = createEventLoop(START_MS, shuffle ? random : null)
  const watch = createWatch(loop.nowMs)
  let offsetMs = 0
  const wallMs = () => loop.nowMs() + offsetMs
  const channel = createFakeChannel(loop, (message) => {
    watch.shown('a message', message)
    world.onPost(message)
  })

  const world: FakeWorld = {
    seed,
    name: `world-${seed}`,
    loop,
    disk: createFakeDisk(loop, (before, after) => {
      watch.written(before, after)
      world.onWrite(before, after)
    }),
    locks: createFakeLocks(loop),
    hasLocks,
    channel,
    election: createFakeElection(loop, () => world.locks.latency()),
    newerElection: createFakeElection(loop, () => world.locks.latency()),
    server: createModelServer(loop, loop.nowMs, serverOptions),
    watch,
    random,
    tabs: [],
    online: true,
    onPost: () => {},
    onWrite: () => {},
    wallMs,
    setClock(byMs) {
      offsetMs += byMs
    },
    open(options = {}) {
      const tab = openTab(world, world.tabs.length, options)
      world.tabs.push(tab)
      return tab
    },
    openMany: (count, options) => Array.from({ length: count }, () => world.open(options)),
    advance: loop.advance,
    settle: loop.settle,
    async run(promise) {
      let settled = false
      const done = () => {
        settled = true
      }
      promise.then(done, done)
      await loop.runUntil(() => settled)
      if (!settled) throw new Error('Nothing is left that could settle this promise.')
      return promise
    },
    async signedIn(count, options) {
      const tabs = world.openMany(count, options)
      await loop.settle()
      const [first] = tabs
      if (first) await world.signIn(first)
      await loop.settle()
      return tabs
    },
    signIn: (tab) => world.run(tab.coordinator.signIn(world.server.signIn())),
  }
  return world
}
