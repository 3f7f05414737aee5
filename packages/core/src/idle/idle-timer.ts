import { createListeners } from '../listeners.ts'
import type { PageFact, Transport } from '../ports.ts'
import { createActivityStore } from './activity-store.ts'
import { createAlarm } from './alarm.ts'
import { type IdleMessageBody, parseIdleMessage } from './idle-message.ts'
import { checkIdleOptions, type IdleOptions } from './idle-options.ts'
import { ACTIVE, IDLE, type IdleState, nextState, stateAt } from './idle-state.ts'
import { notAhead } from './last-activity.ts'
import type { IdlePorts } from './ports.ts'

/** What an idle timer needs of a coordinator: whose session it is. */
export interface IdleCoordinator {
  readonly name: string
  readonly tabId: string
  getSnapshot(): { readonly status: 'loading' | 'signed-in' | 'signed-out' }
  subscribe(listener: () => void): () => void
  /** The session that this tab knows now. */
  current(): { readonly handle: string } | null
}

/** Whether somebody is there, in step over all tabs. Made for `useSyncExternalStore`. */
export interface IdleTimer {
  /** Begins to notice activity and to count. Harmless when it runs. */
  start(): void
  /** Stops: no channel, listener or timer is left. Harmless when it is closed; `start()` may follow. */
  close(): void
  /** The same object until something in it changes. `active` before `start()`, and while nobody is signed in. */
  getSnapshot(): IdleState
  /** Calls `listener` after each change of the snapshot; returns a function that ends this. */
  subscribe(listener: () => void): () => void
  /** "I am still here": answers the warning in all tabs, and ends being idle in all tabs. */
  stay(): void
}

/** Activity is told to other tabs no more often than this, and than a tenth of the limit. */
const MAX_TELL_EVERY_MS = 5000
/** A sleep of the device stops timers, so a visible tab looks at the clock at least this often. Nothing is sent. */
const LOOK_EVERY_MS = 10 * 1000 // 10 seconds

export const createIdleTimerWith = (
  ports: IdlePorts,
  coordinator: IdleCoordinator,
  options: IdleOptions,
): IdleTimer => {
  const limits = checkIdleOptions(options)
  const { clock, page } = ports
  const tellEveryMs = Math.min(MAX_TELL_EVERY_MS, limits.afterMs / 10)
  const changes = createListeners<void>()
  const store = createActivityStore(ports.store, clock)
  const alarm = createAlarm(clock)
  const telling = createAlarm(clock)

  let snapshot = ACTIVE
  /** What ends when it is closed; null while it does not run. */
  let ends: (() => void)[] | null = null
  let transport: Transport | null = null
  /** The handle of the session that is timed; null: there is none; undefined: not known yet. */
  let session: string | null | undefined
  /** The last activity of any tab; null while it is not known, or there is no session. */
  let lastMs: number | null = null
  let toldMs = Number.NEGATIVE_INFINITY

  const settle = (next: IdleState): void => {
    const before = snapshot
    snapshot = nextState(before, next)
    if (snapshot !== before) changes.tell()
  }

  const post = (body: IdleMessageBody) => transport?.post({ v: 1, from: coordinator.tabId, ...body })

  /** Tells all tabs, those to come too, of the last activity. */
  const tellNow = (): void => {
    telling.cancel()
    if (lastMs === null || !session) return
    toldMs = clock.nowMs()
    post({ type: 'activity', atMs: lastMs })
    store.write({ atMs: lastMs, session })
  }

  /** Activity goes on and on: what is not told now is told later, so that all tabs count from the same moment. */
  const tellSoon = (): void => {
    if (telling.isSet()) return
    const leftMs = toldMs + tellEveryMs - clock.nowMs()
    if (leftMs > 0) telling.set(leftMs, tellNow)
    else tellNow()
  }

  const note = (): void => {
    lastMs = clock.nowMs()
    tellNow()
    look({ revives: true })
  }

  let recalling = false
  /**
   * Takes over what other tabs have stored, of which this one may have missed the news, and goes by it.
   * @param tells As of `look`.
   */
  const recall = async (tells = true): Promise<void> => {
    if (recalling || !session) return
    recalling = true
    const [ran, asked] = [ends, session]
    const storedMs = await store.read(asked)
    recalling = false
    if (ends !== ran || session !== asked) {
      // Closed and started again meanwhile, or another session.
      if (ends && lastMs === null) await recall(tells)
      return
    }
    const revives = storedMs !== null && lastMs !== null && storedMs > lastMs
    if (storedMs !== null) lastMs = Math.max(lastMs ?? storedMs, notAhead(storedMs, clock.nowMs()))
    if (lastMs === null) note()
    else look({ sure: true, tells, revives })
  }

  /**
   * Goes by the clock. It does not end being idle: a clock that is put back must not.
   * @param how.sure Other tabs' activity is known. Without that it gets no worse for the user.
   * @param how.tells The other tabs, whose timers may be late, should look too. Default: true.
   * @param how.revives Somebody has said, here or in another tab, that they are still here.
   */
  const look = (how: { sure?: boolean; tells?: boolean; revives?: boolean } = {}): void => {
    const { sure = false, tells = true, revives = false } = how
    // Without a channel the page is in the back-forward cache, or going.
    if (!transport || lastMs === null || (snapshot === IDLE && !revives)) return
    const nowMs = clock.nowMs()
    if (notAhead(lastMs, nowMs) !== lastMs) {
      lastMs = nowMs
      tellNow()
    }
    const { state, untilMs } = stateAt(lastMs, nowMs, limits)
    const isWorse = state.phase !== 'active' && state.phase !== snapshot.phase && snapshot !== IDLE
    if (isWorse && !sure) {
      void recall(tells)
      return
    }
    settle(state)
    if (isWorse && tells) post({ type: 'due' })
    alarm.cancel()
    if (untilMs === null) return
    const delayMs = untilMs - nowMs
    alarm.set(page.isVisible() ? Math.min(delayMs, LOOK_EVERY_MS) : delayMs, () => look())
  }

  const onActivity = (): void => {
    if (lastMs === null || snapshot === IDLE) return
    const nowMs = clock.nowMs()
    if (nowMs === lastMs) return
    // The first touch after a sleep comes too late; and the clock may have been put back.
    if (nowMs < lastMs || nowMs >= lastMs + limits.afterMs) look()
    else if (snapshot !== ACTIVE) note()
    else {
      lastMs = nowMs
      tellSoon()
    }
  }

  const receive = (raw: unknown): void => {
    const message = parseIdleMessage(raw)
    if (!message || lastMs === null) return
    if (message.type === 'due') {
      look({ tells: false })
      return
    }
    const nowMs = clock.nowMs()
    // What is known from before the clock was put back is no later than what is news now.
    if (message.atMs <= lastMs && notAhead(lastMs, nowMs) === lastMs) return
    lastMs = notAhead(message.atMs, nowMs)
    if (snapshot !== ACTIVE) look({ revives: true })
  }

  /** A sign-in is activity; while nobody is signed in there is nothing to time. */
  const follow = (): void => {
    const { status } = coordinator.getSnapshot()
    if (status === 'loading') return
    const now = status === 'signed-in' ? (coordinator.current()?.handle ?? null) : null
    if (now === session) return
    session = now
    lastMs = null
    alarm.cancel()
    telling.cancel()
    settle(ACTIVE)
    // A tab that was opened or reloaded goes on from what is stored; after a sign-in nothing is.
    void recall()
  }

  const tellRest = (): void => {
    if (telling.isSet()) tellNow()
  }

  const hush = (): void => {
    tellRest()
    alarm.cancel()
    transport?.close()
    transport = null
  }

  const onPage = (fact: PageFact): void => {
    if (fact === 'left') hush()
    else if (fact === 'hidden') {
      tellRest()
      look()
    } else {
      transport ??= ports.openTransport(receive)
      // It may have missed news, and timers.
      void recall()
    }
  }

  return {
    start() {
      if (ends) return
      session = undefined
      lastMs = null
      transport = ports.openTransport(receive)
      ends = [
        page.subscribe(onPage),
        ports.subscribeToActivity(onActivity),
        ports.subscribeToFocus(() => look()),
        coordinator.subscribe(follow),
      ]
      follow()
    },
    close() {
      if (!ends) return
      hush()
      for (const end of ends) end()
      ends = null
      settle(ACTIVE)
    },
    getSnapshot: () => snapshot,
    subscribe: (listener) => changes.add(listener),
    stay() {
      if (ends && session) note()
    },
  }
}
