import type { Session } from '@supabase/supabase-js'
import { browserClock } from '../adapters/clock.ts'
import type { ItemStorage } from '../adapters/web-storage.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'
import type { Companion } from './storage.ts'

/** A session that was stored a while ago. When it was issued is not known, only when the server thinks that it expires. */
export const aged = (session: Session): Session => {
  const left = Math.max(0, (session.expires_at ?? 0) - browserClock.nowMs() / 1000)
  return { ...session, expires_in: Math.min(left, session.expires_in ?? left) }
}

/**
 * Takes over the session that the app stored before it had Solotab, if no tab has done so yet, and removes it
 * from there: its refresh token must have one place only.
 */
const adoptEarlierSession = async (
  coordinator: CoordinatorInternals<Session>,
  items: ItemStorage,
  storageKey: string,
): Promise<void> => {
  await coordinator.loaded()
  const { status, generation } = coordinator.getSnapshot()
  if (status !== 'signed-out' || generation > 0) return
  try {
    const session: Session = JSON.parse((await items.getItem(storageKey)) ?? 'null')
    const { durable } = await coordinator.signInAs(coordinator.createHandle(), aged(session), true)
    // Held in memory only, it would be lost with this page.
    if (durable) await items.removeItem(storageKey)
  } catch {
    // There is none, or what is stored there is no session.
  }
}

/** Looks for such a session once. */
export const earlierSession = (
  coordinator: CoordinatorInternals<Session>,
  items: ItemStorage,
  storageKey: string,
): Companion => {
  let ready: Promise<void> | null = null
  return {
    prepare() {
      ready ??= adoptEarlierSession(coordinator, items, storageKey).catch(() => {
        // Closed meanwhile: once more after the next start.
        ready = null
      })
      return ready
    },
    settle: async () => {},
  }
}
