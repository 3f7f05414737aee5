import { createListeners } from '../listeners.ts'
import type { PageFact } from '../ports.ts'
import { openLockRoster } from './lock-roster.ts'
import { openMessageRoster } from './message-roster.ts'
import type { TabPorts } from './ports.ts'
import { nextTabs, type Presence, type Tab } from './tab.ts'

/** What a tab list needs of a coordinator: who this tab is, and whether it leads. */
export interface TabListCoordinator {
  readonly name: string
  readonly tabId: string
  getSnapshot(): { readonly role: 'leader' | 'follower' }
  subscribe(listener: () => void): () => void
}

/** The tabs that are open now. Made for `useSyncExternalStore`. */
export interface TabList {
  /** Makes this tab a member of the list, in all tabs. Harmless when it is one. */
  start(): void
  /** Takes it out again: no lock, channel, listener or timer is left. Harmless when it is closed; `start()` may follow. */
  close(): void
  /**
   * The tabs known now, this one included, in an order that is the same in all tabs; empty before `start()`. The same
   * array, and the same tabs in it, until something changes. It is kept up to date while there is a subscriber.
   */
  getSnapshot(): readonly Tab[]
  /** Calls `listener` after each change of the snapshot; returns a function that ends this. */
  subscribe(listener: () => void): () => void
}

export const createTabListWith = (ports: TabPorts, coordinator: TabListCoordinator): TabList => {
  const { locks, page } = ports
  const changes = createListeners<void>()
  let subscribers = 0
  let snapshot: readonly Tab[] = []
  let others: readonly Presence[] = []
  let started = false
  /** In the back-forward cache, or going: a lock held there would let others wait. */
  let away = false
  let leavePage = () => {}
  let leaveCoordinator = () => {}
  let unwatch = () => {}

  const self = (): Presence => ({
    id: coordinator.tabId,
    role: coordinator.getSnapshot().role,
    visible: page.isVisible(),
  })

  const show = (next: readonly Tab[]): void => {
    if (next === snapshot) return
    snapshot = next
    changes.tell()
  }

  const open = locks ? openLockRoster(locks) : openMessageRoster
  const roster = open(ports, coordinator, (heard) => {
    others = heard
    if (started) show(nextTabs(snapshot, self(), others))
  })

  let entered: Presence | null = null
  const enter = (): void => {
    if (away) return
    const now = self()
    if (entered?.role === now.role && entered.visible === now.visible) return
    entered = now
    roster.enter(now)
    show(nextTabs(snapshot, now, others))
  }

  const leave = (): void => {
    entered = null
    roster.leave()
  }

  const onPage = (fact: PageFact): void => {
    if (fact === 'left') {
      away = true
      leave()
    } else if (fact === 'returned') {
      away = false
      enter()
    } else enter()
    // A frozen page may have missed news.
    if (fact === 'woken' || fact === 'shown' || fact === 'returned') roster.look()
  }

  return {
    start() {
      if (started) return
      started = true
      away = false
      leavePage = page.subscribe(onPage)
      leaveCoordinator = coordinator.subscribe(enter)
      enter()
      if (subscribers > 0) unwatch = roster.watch()
    },
    close() {
      if (!started) return
      started = false
      leavePage()
      leaveCoordinator()
      unwatch()
      unwatch = () => {}
      leave()
      others = []
      show([])
    },
    getSnapshot: () => snapshot,
    subscribe(listener) {
      const remove = changes.add(listener)
      if (++subscribers === 1 && started) unwatch = roster.watch()
      let subscribed = true
      return () => {
        remove()
        if (!subscribed) return
        subscribed = false
        if (--subscribers > 0) return
        unwatch()
        unwatch = () => {}
      }
    },
  }
}
