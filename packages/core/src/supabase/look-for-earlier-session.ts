import type { Session } from '@supabase/supabase-js'
import { browserClock } from '../adapters/clock.ts'
import type { ItemStorage } from '../adapters/web-storage.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'
import type { Companion } from './storage.ts'

/** Looks once for a session that the app stored before it had Solotab. How to take it over is loaded if there is one. */
export const lookForEarlierSession = (
  coordinator: CoordinatorInternals<Session>,
  items: ItemStorage,
  storageKey: string,
): Companion => {
  const look = async (): Promise<void> => {
    await coordinator.loaded()
    if (!(await items.getItem(storageKey))) return
    const { adoptEarlierSession } = await import('./earlier-session.ts')
    await adoptEarlierSession(coordinator, items, storageKey, browserClock.nowMs())
  }
  let ready: Promise<void> | null = null
  return {
    prepare() {
      ready ??= look().catch(() => {
        // Closed meanwhile, or that could not be loaded: once more the next time.
        ready = null
      })
      return ready
    },
    settle: async () => {},
  }
}
