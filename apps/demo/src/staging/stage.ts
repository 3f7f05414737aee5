import type { Staged } from '../protocol/staged.ts'
import { Gate } from './gate.ts'
import { holdHandler } from './hold-events.ts'
import { holdLocks } from './hold-locks.ts'
import { holdNetwork } from './hold-network.ts'
import { holdTimers } from './hold-timers.ts'
import { moveClock } from './move-clock.ts'
import { PageState } from './page-state.ts'

/**
 * What a frame of the lab cannot have for real, since the frames of a page share its thread, visibility and network:
 * being frozen, being off line, and an hour that passes at once. It is installed before anything else runs in the
 * page, and nothing that runs later knows of it. What is held follows what real browsers were measured to do.
 */
export interface Stage {
  readonly isFrozen: boolean
  freeze(): void
  thaw(): void
  /** Resolves once the page is not frozen. */
  thawed(): Promise<void>
  restage(staged: Staged): void
}

/** Puts the stage into a page. */
export function setStage(page: Window & typeof globalThis, staged: Staged): Stage {
  const gate = new Gate()
  const clock = { aheadMs: staged.aheadMs }
  const network = { isOffline: staged.isOffline }
  const state = new PageState(page, network)
  moveClock(clock, page)
  holdTimers(gate, page)
  holdNetwork(gate, network, page)
  if (page.navigator.locks) holdLocks(gate, page.navigator.locks)
  // React's scheduler, too: a frozen page does not render.
  holdHandler(gate, page.MessagePort.prototype, 'onmessage')
  // A transaction that may write is let go on: a frozen page cannot begin one here, for lack of a lock's callback,
  // and one that was held half-way would end without its second half.
  const isReading = (request: unknown) =>
    request instanceof page.IDBRequest && request.transaction?.mode === 'readonly'
  for (const event of ['onsuccess', 'onerror'] as const) {
    holdHandler(gate, page.IDBRequest.prototype, event, isReading)
  }
  return {
    get isFrozen() {
      return gate.isFrozen
    },
    freeze() {
      state.sayFrozen()
      gate.freeze()
    },
    thaw() {
      gate.thaw()
      state.sayThawed()
    },
    thawed: () => gate.open(),
    restage({ aheadMs, isOffline }) {
      clock.aheadMs = aheadMs
      if (network.isOffline === isOffline) return
      network.isOffline = isOffline
      state.sayNetwork(isOffline)
    },
  }
}
