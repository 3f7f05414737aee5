import type { Session } from '@supabase/supabase-js'
import type { ItemStorage } from '../adapters/web-storage.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'

/** A session that was stored a while ago. When it was issued is not known, only when the server thinks that it expires. */
export const aged = (session: Session, nowMs: number): Session => {
  const left = Math.max(0, (session.expires_at ?? 0) - nowMs / 1000)
  return { ...session, expires_in: Math.min(left, session.expires_in ?? left) }
}

/**
 * Takes over the session that the app stored before it had Solotab, if no tab has done so yet, and removes it
 * from there: its refresh token must have one place only.
 */
export const adoptEarlierSession = async (
  coordinator: CoordinatorInternals<Session>,
  items: ItemStorage,
  storageKey: string,
  nowMs: number,
): Promise<void> => {
  const { status, generation } = coordinator.getSnapshot()
  if (status !== 'signed-out' || generation > 0) return
  try {
    const session: Session = JSON.parse((await items.getItem(storageKey)) ?? 'null')
    const { durable } = await coordinator.signInAs(coordinator.createHandle(), aged(session, nowMs), true)
    // Held in memory only, it would be lost with this page.
    if (durable) await items.removeItem(storageKey)
  } catch {
    // There is none, or what is stored there is no session.
  }
}
