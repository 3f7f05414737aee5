import { joinElection } from '../../adapters/election.ts'
import { createListeners } from '../../listeners.ts'
import type { Clock } from '../../ports.ts'
import { createEventLoop, type EventLoop, type Owner } from '../../testing/event-loop.ts'
import { createFakeChannel, type FakeChannel } from '../../testing/fake-channel.ts'
import { createFakeLocks, type FakeLocks } from '../../testing/fake-locks.ts'
import { createFakePage } from '../../testing/fake-page.ts'
import { seededRandom } from '../../testing/seeded-random.ts'
import type { Tab } from '../tab.ts'
import { createTabListWith, type TabList } from '../tab-list.ts'

/** One page with a tab list, which takes part in a real election over fake locks. */
interface ListTab extends Owner {
  readonly id: string
  readonly list: TabList
  leads(): boolean
  isVisible(): boolean
  /** Without an election by locks: this tab leads from now on, or does not. */
  lead(leads: boolean): void
  show(): void
  hide(): void
  freeze(): void
  thaw(): void
  crash(): void
  unload(): void
  enterCache(): Promise<void>
  leaveCache(): void
  /** Subscribes; returns how many changes were heard since, and what ends it. */
  watch(): { heard(): number; readonly snapshots: (readonly Tab[])[]; end(): void }
  /** Each tab in its list as `id role visibility`; with `*` for itself. */
  sees(): string[]
  leftovers(): Record<'timers' | 'tasks' | 'locks' | 'channels' | 'listeners', number>
}

export interface TabWorld {
  readonly seed: number
  readonly loop: EventLoop
  readonly locks: FakeLocks
  readonly channel: FakeChannel
  readonly random: () => number
  readonly tabs: ListTab[]
  open(visible?: boolean): ListTab
}

export const LIST_NAME = 'app'

export const createTabWorld = ({
  seed = 1,
  shuffle = false,
  hasLocks = true,
}: {
  readonly seed?: number
  readonly shuffle?: boolean
  readonly hasLocks?: boolean
} = {}): TabWorld => {
  const random = seededRandom(seed)
  const loop = createEventLoop(0, shuffle ? random : null)
  const locks = createFakeLocks(loop)
  const channel = createFakeChannel(loop, () => {})

  const open = (visible = true): ListTab => {
    const id = `tab${world.tabs.length}`
    const page = createFakePage(visible)
    const changes = createListeners<void>()
    const clock: Clock = {
      nowMs: loop.nowMs,
      setTimer: (delayMs, callback) => loop.add('timer', tab, delayMs, callback),
    }
    let leads = false
    const lead = (next: boolean) => {
      leads = next
      changes.tell()
    }
    const owner: Owner = { frozen: false, gone: false }
    const tabLocks = hasLocks ? locks.open(owner) : null
    let leaveElection = () => {}
    const apply = () => {
      if (tabLocks) leaveElection = joinElection(`solotab:${LIST_NAME}:leader`, tabLocks, lead)
    }
    const suspend = () => {
      page.tell('left')
      leaveElection()
      lead(false)
    }
    const forget = () => {
      tab.gone = true
      loop.drop(tab)
      locks.drop(tab)
      channel.drop(tab)
    }
    const list = createTabListWith(
      { clock, locks: tabLocks, page, openTransport: (onMessage) => channel.open(tab, onMessage) },
      {
        name: LIST_NAME,
        tabId: id,
        getSnapshot: () => ({ role: leads ? 'leader' : 'follower' }),
        subscribe: (listener) => changes.add(listener),
      },
    )
    const tab: ListTab = Object.assign(owner, {
      id,
      list,
      leads: () => leads,
      isVisible: () => page.visible,
      lead,
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
        suspend()
        await loop.advance(0)
        tab.frozen = true
      },
      leaveCache() {
        tab.frozen = false
        page.tell('returned')
        apply()
      },
      watch() {
        const snapshots: (readonly Tab[])[] = []
        const end = list.subscribe(() => snapshots.push(list.getSnapshot()))
        return { heard: () => snapshots.length, snapshots, end }
      },
      sees: () =>
        list
          .getSnapshot()
          .map(
            (each) => `${each.id}${each.self ? '*' : ''} ${each.role} ${each.visible ? 'visible' : 'hidden'}`,
          ),
      leftovers: () => ({
        timers: loop.countOf(tab, 'timer'),
        tasks: loop.countOf(tab, 'task'),
        locks: locks.countOf(tab),
        channels: channel.countOf(tab),
        listeners: page.listeners(),
      }),
    })
    world.tabs.push(tab)
    apply()
    list.start()
    return tab
  }

  const world: TabWorld = { seed, loop, locks, channel, random, tabs: [], open }
  return world
}
