import { createCoordinatorWith } from '../coordinator.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'
import type { Diagnostic } from '../diagnostics.ts'
import type { CoordinatorOptions } from '../options.ts'
import type { PageFact, Ports } from '../ports.ts'
import type { Owner } from './event-loop.ts'
import { createFakePage } from './fake-page.ts'
import type { FakeWorld } from './fake-world.ts'
import { portsOfNewerBuild } from './newer-build.ts'
import { seededRandom } from './seeded-random.ts'

export interface TabOptions extends Partial<CoordinatorOptions> {
  readonly visible?: boolean
  /** False: it stays as it was constructed. */
  readonly started?: boolean
  /** A build to come, with another format. */
  readonly newer?: boolean
}

/** One page of the fake world, and the coordinator in it. */
export interface FakeTab extends Owner {
  readonly coordinator: CoordinatorInternals
  readonly ports: Ports
  readonly newer: boolean
  readonly diagnostics: Diagnostic[]
  /** Milliseconds by which this page's clock is ahead of the others'. */
  skewMs: number
  /** Called at the `effects`th thing from now that the coordinator does to the world, just before it is done. */
  interrupt(effects: number, deed: () => void): void
  /** Tells the page a fact that nothing here follows from. */
  tell(fact: PageFact): void
  show(): void
  hide(): void
  freeze(): void
  thaw(): void
  /** Stops for good, between two lines of code. Its lock, and its place in the election, are free. */
  crash(): void
  /** Unloads the page: it is told, and then it is gone. */
  unload(): void
  /** Enters and leaves the back-forward cache. */
  enterCache(): Promise<void>
  /** @param how.shownFirst The page hears that it is visible before it hears that it is back. */
  leaveCache(how?: { shownFirst?: boolean }): void
  /** A second coordinator of the same page and name. */
  twin(): CoordinatorInternals
  /** What the coordinator has of the world; all zero after `close()`. */
  leftovers(): Record<'timers' | 'tasks' | 'locks' | 'channels' | 'elections' | 'listeners', number>
}

export const openTab = (world: FakeWorld, index: number, options: TabOptions): FakeTab => {
  const { loop, disk, locks, channel, server, watch } = world
  const { visible = true, started = true, newer = false, ...given } = options
  // Each build elects its own leader.
  const election = newer ? world.newerElection : world.election
  const page = createFakePage(visible)
  const fraction = seededRandom(world.seed * 1000 + index)
  let ids = 0
  let interruption = { left: 0, deed: () => {} }

  /** Marks what a coordinator does to the world. A page can end or freeze before each. */
  const effect = <A extends unknown[], R>(act: (...args: A) => R) => {
    return (...args: A): R => {
      if (interruption.left > 0 && --interruption.left === 0) interruption.deed()
      return act(...args)
    }
  }

  const own: Ports = {
    clock: {
      nowMs: () => world.wallMs() + tab.skewMs,
      setTimer: effect((delayMs, callback) => loop.add('timer', tab, delayMs, callback)),
    },
    random: { id: () => `tab${index}-${++ids}`, fraction },
    get store() {
      const { read, transact } = disk.open(tab)
      const decided = effect(() => {})
      return {
        read: effect(read),
        transact: effect((decide: Parameters<typeof transact>[0]) =>
          transact((raw) => {
            decided()
            return decide(raw)
          }),
        ) as typeof transact,
      }
    },
    get locks() {
      if (!world.hasLocks) return null
      const { hold, released } = locks.open(tab)
      return { hold: effect(hold) as typeof hold, released: effect(released) }
    },
    page,
    openTransport(onMessage) {
      const { post, close } = channel.open(tab, onMessage)
      return { post: effect(post), close }
    },
    joinElection: effect((onLeadership) => election.join(tab, onLeadership)),
  }

  const ports = newer ? portsOfNewerBuild(own) : own

  const forget = () => {
    tab.gone = true
    loop.drop(tab)
    locks.drop(tab)
    channel.drop(tab)
    election.drop(tab)
    server.drop(tab, (refreshToken) => JSON.stringify(disk.raw ?? null).includes(`"${refreshToken}"`))
  }

  const tab: FakeTab = {
    frozen: false,
    gone: false,
    skewMs: 0,
    interrupt(effects, deed) {
      interruption = { left: effects, deed }
    },
    ports,
    newer,
    get coordinator() {
      return coordinator
    },
    diagnostics: [],
    tell: page.tell,
    show() {
      page.visible = true
      page.tell('shown')
    },
    hide() {
      page.visible = false
      page.tell('hidden')
    },
    freeze() {
      tab.frozen = true
    },
    thaw() {
      tab.frozen = false
      page.tell('woken')
    },
    crash: forget,
    unload() {
      page.tell('left')
      forget()
    },
    async enterCache() {
      page.tell('left')
      await world.loop.advance(0)
      tab.frozen = true
    },
    leaveCache({ shownFirst = false } = {}) {
      tab.frozen = false
      if (shownFirst) tab.show()
      page.tell('returned')
    },
    twin: () => createCoordinatorWith(ports, coordinatorOptions),
    leftovers: () => ({
      timers: loop.countOf(tab, 'timer'),
      tasks: loop.countOf(tab, 'task'),
      locks: locks.countOf(tab),
      channels: channel.countOf(tab),
      elections: election.countOf(tab),
      listeners: page.listeners(),
    }),
  }

  const coordinatorOptions: CoordinatorOptions = {
    name: world.name,
    refresh: effect((refreshToken, { signal }) => {
      if (tab.gone) return new Promise(() => {})
      watch.sending(server.sent, refreshToken, loop.nowMs(), (given.requestTimeoutMs ?? 12_000) + 1000)
      return world.online
        ? server.refresh(tab, refreshToken, signal)
        : Promise.reject(new TypeError('Failed to fetch'))
    }),
    ...given,
  }
  const coordinator = createCoordinatorWith(ports, coordinatorOptions)
  coordinator.onDiagnostic((event) => {
    if (tab.gone) return
    watch.shown('a diagnostic event', event)
    tab.diagnostics.push(event)
  })
  coordinator.subscribe(() => {
    if (given.refreshToken !== 'plain') watch.shown('a snapshot', coordinator.getSnapshot())
  })
  if (started) coordinator.start()
  return tab
}
