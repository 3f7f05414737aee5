import type { LockList } from '../adapters/lock-list.ts'
import type { Locks, Transport } from '../ports.ts'
import type { OpenRoster } from './roster.ts'
import type { Presence } from './tab.ts'
import { othersIn, prefixOf, tabLock } from './tab-lock.ts'
import { parseTabMessage } from './tab-message.ts'

/** Counts over all tab lists of this page, since a page has one id for all. */
let takes = 0

/**
 * Each tab holds a lock that says how it is, and the browser keeps the list. A tab that goes, however it goes, lets its
 * lock go: whoever watches waits for that. A tab that comes or changes says so on the channel. Nothing is sent and no
 * timer runs while nothing changes.
 */
export const openLockRoster =
  (locks: Locks & LockList): OpenRoster =>
  ({ openTransport }, { name, tabId }, onOthers) => {
    let transport: Transport | null = null
    let now: Presence | null = null
    let watching = false
    const places = new Set<AbortController>()
    const waits = new Map<string, AbortController>()

    /** Holds a new lock, and lets the one before go when it has it: there is no moment without. */
    const take = (): void => {
      const before = [...places]
      const place = new AbortController()
      places.add(place)
      const hold = () => {
        for (const old of before) places.delete(old)
        for (const old of before) old.abort()
        tell()
        return new Promise<void>((resolve) => {
          if (place.signal.aborted) resolve()
          place.signal.addEventListener('abort', () => resolve())
        })
      }
      // It rejects when this page leaves before it has the lock.
      locks.hold(tabLock(name, tabId, now?.visible ?? false, ++takes), place.signal, hold).catch(() => {})
    }

    const tell = () => transport?.post({ v: 1, from: tabId, type: 'changed' })

    const receive = (raw: unknown) => {
      if (parseTabMessage(raw)?.type === 'changed') look()
    }

    /** Waits for those who are there to go, and for nobody else. */
    const waitFor = (wanted: readonly string[]): void => {
      for (const [lock, wait] of waits) {
        if (wanted.includes(lock)) continue
        waits.delete(lock)
        wait.abort()
      }
      for (const lock of wanted) {
        if (waits.has(lock)) continue
        const wait = new AbortController()
        waits.set(lock, wait)
        const gone = () => {
          if (waits.get(lock) !== wait) return
          waits.delete(lock)
          look()
        }
        // It rejects when this page no longer wants to know.
        locks.released(lock, wait.signal).then(gone, () => {})
      }
    }

    // One look at a time; what happens meanwhile makes another one.
    let looking = false
    let again = false
    const look = (): void => {
      again = true
      if (!looking) void lookOn()
    }
    const lookOn = async (): Promise<void> => {
      looking = true
      while (again && watching && now) {
        again = false
        const list = await locks.list(prefixOf(name)).catch(() => null)
        if (!list || again || !watching || !now) continue
        const others = othersIn(name, tabId, list)
        waitFor(others.locks)
        onOthers(others.tabs)
      }
      looking = false
    }

    return {
      enter(self) {
        const before = now
        now = self
        transport ??= openTransport(receive)
        if (before?.visible !== self.visible) take()
        // The list says by itself who leads, but nobody waits for that lock.
        else if (before.role !== self.role) tell()
        look()
      },
      leave() {
        now = null
        waitFor([])
        for (const place of places) place.abort()
        places.clear()
        transport?.close()
        transport = null
      },
      watch() {
        watching = true
        look()
        return () => {
          watching = false
          waitFor([])
        }
      },
      look,
    }
  }
