import type { Owner } from '../../testing/event-loop.ts'
import { createFakeChannel, type FakeChannel } from '../../testing/fake-channel.ts'
import { createFakeDisk, type FakeDisk } from '../../testing/fake-store.ts'
import type { FakeTab, TabOptions } from '../../testing/fake-tab.ts'
import { createWorld, type FakeWorld, type WorldOptions } from '../../testing/fake-world.ts'
import type { IdleOptions } from '../idle-options.ts'
import type { IdleState } from '../idle-state.ts'
import { createIdleTimerWith, type IdleTimer } from '../idle-timer.ts'

/** An idle timer in a tab of the fake world. */
export interface IdleTab {
  readonly tab: FakeTab
  readonly timer: IdleTimer
  /** The user does something in this tab. */
  touch(): void
  focus(): void
  phase(): IdleState['phase']
  /** The phases that a subscriber heard, and when, since the timer was made. */
  readonly heard: { readonly phase: IdleState['phase']; readonly atMs: number }[]
  /** Listeners to input and focus, beside what the tab's coordinator has. */
  listeners(): number
  /** Gone, with whatever it had. */
  crash(): void
}

export interface IdleWorld {
  readonly world: FakeWorld
  readonly channel: FakeChannel
  readonly disk: FakeDisk
  open(options?: TabOptions): IdleTab
  /** A timer in a tab that there is. */
  join(tab: FakeTab, options?: IdleOptions): IdleTab
  /** The device sleeps: the clock goes on, timers do not. */
  sleep(ms: number): void
}

export const LIMITS = { afterMs: 10 * 60 * 1000, warnMs: 60 * 1000 }

export const createIdleWorld = (options?: WorldOptions): IdleWorld => {
  const world = createWorld(options)
  const channel = createFakeChannel(world.loop, (message) => world.watch.shown('a message', message))
  const disk = createFakeDisk(world.loop, () => {})

  const join = (tab: FakeTab, limits: IdleOptions = LIMITS): IdleTab => {
    const inputs = new Set<() => void>()
    const focuses = new Set<() => void>()
    const subscribeTo = (set: Set<() => void>) => (listener: () => void) => {
      set.add(listener)
      return () => set.delete(listener)
    }
    const owner: Owner = tab
    const timer = createIdleTimerWith(
      {
        clock: tab.ports.clock,
        page: tab.ports.page,
        store: disk.open(owner),
        openTransport: (onMessage) => channel.open(owner, onMessage),
        subscribeToActivity: subscribeTo(inputs),
        subscribeToFocus: subscribeTo(focuses),
      },
      tab.coordinator,
      limits,
    )
    const heard: { phase: IdleState['phase']; atMs: number }[] = []
    timer.subscribe(() => heard.push({ phase: timer.getSnapshot().phase, atMs: world.wallMs() }))
    timer.start()
    const tell = (listeners: Set<() => void>) => () => {
      if (!tab.frozen && !tab.gone) for (const listener of [...listeners]) listener()
    }
    return {
      tab,
      timer,
      touch: tell(inputs),
      focus: tell(focuses),
      phase: () => timer.getSnapshot().phase,
      heard,
      listeners: () => inputs.size + focuses.size,
      crash() {
        tab.crash()
        channel.drop(tab)
      },
    }
  }

  return {
    world,
    channel,
    disk,
    join,
    open: (tabOptions) => join(world.open(tabOptions)),
    sleep: (ms) => world.setClock(ms),
  }
}

/** That many tabs, signed in, with timers that have come to rest. */
export const signedInIdle = async (count: number, options?: WorldOptions) => {
  const idle = createIdleWorld(options)
  const tabs = Array.from({ length: count }, () => idle.open())
  await idle.world.settle()
  const [first] = tabs
  if (first) await idle.world.signIn(first.tab)
  await idle.world.settle()
  return { ...idle, tabs }
}
