import type { Session } from '@supabase/supabase-js'
import { browserClock } from '../adapters/clock.ts'
import type { ItemStorage } from '../adapters/web-storage.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'

/**
 * Takes over the session that the app stored before it had Solotab, if no tab has done so yet, and removes it
 * from there: its refresh token must have one place only.
 */
export const adoptEarlierSession = async (
  coordinator: CoordinatorInternals<Session>,
  items: ItemStorage,
  storageKey: string,
): Promise<void> => {
  await coordinator.loaded()
  const { status, generation } = coordinator.getSnapshot()
  if (status !== 'signed-out' || generation > 0) return
  try {
    const session: Session = JSON.parse((await items.getItem(storageKey)) ?? 'null')
    // It is not known when it was issued, only when the server thinks that it expires.
    const left = Math.max(0, (session.expires_at ?? 0) - browserClock.nowMs() / 1000)
    const expires_in = Math.min(left, session.expires_in ?? left)
    const handle = coordinator.createHandle()
    const { durable } = await coordinator.signInAs(handle, { ...session, expires_in }, true)
    // Held in memory only, it would be lost with this page.
    if (durable) await items.removeItem(storageKey)
  } catch {
    // There is none, or what is stored there is no session.
  }
}
