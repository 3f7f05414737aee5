import type { Session } from '@supabase/supabase-js'
import type { ItemStorage } from '../adapters/web-storage.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'
import { adoptEarlierSession } from './earlier-session.ts'
import { isHandle, type Seals } from './seals.ts'

/** What auth-js takes for its disk: a view of the coordinator's session. */
export interface SessionStorage {
  getItem(key: string): Promise<string | null>
  setItem(key: string, value: string): Promise<void>
  removeItem(key: string): Promise<void>
}

/**
 * @param storageKey The key of the session in `items` for an app without Solotab, and the start of other keys.
 * @param tabKey The key under which auth-js of this tab looks for the session.
 * @param items Where everything but the session is.
 * @param doubts The bearers for which auth-js drops the session, once each, whatever session that is by now.
 */
export const createSessionStorage = (
  coordinator: CoordinatorInternals<Session>,
  seals: Seals,
  doubts: string[],
  storageKey: string,
  tabKey: string,
  items: ItemStorage,
): SessionStorage => {
  /** The session that auth-js in this tab believes in. */
  let believed = ''
  let ready: Promise<void> | null = null

  // auth-js derives the keys of other items from the session's key; those are not this tab's own.
  const keyOf = (key: string): string =>
    key.startsWith(tabKey) ? storageKey + key.slice(tabKey.length) : key

  return {
    async getItem(key) {
      if (key !== tabKey) return items.getItem(keyOf(key))
      ready ??= adoptEarlierSession(coordinator, items, storageKey).catch(() => {
        // Closed meanwhile: once more after the next start.
        ready = null
      })
      await ready
      const current = coordinator.current()
      believed = current?.handle ?? ''
      if (!current) return null
      seals.show(current.tokens.refresh_token, current.handle)
      return JSON.stringify(current.tokens)
    },

    async setItem(key, value) {
      if (key !== tabKey) return items.setItem(keyOf(key), value)
      const session: Session = JSON.parse(value)
      const sealed = session.refresh_token
      let refresh_token = seals.open(sealed)
      if (!refresh_token) {
        // Anything but a new session is in the record already, or older than the record.
        if (isHandle(sealed) || (await seals.isOwn(sealed))) return
        refresh_token = sealed
      }
      believed = isHandle(sealed) ? sealed : coordinator.createHandle()
      await coordinator.signInAs(believed, { ...session, refresh_token })
    },

    async removeItem(key) {
      if (key !== tabKey) return items.removeItem(keyOf(key))
      const doubted = doubts.shift()
      if (doubted === undefined) return coordinator.signOutOf(believed)
      // That is not the last word on the session, and perhaps not on this one; a grant brings it out.
      const current = coordinator.current()?.tokens.access_token
      if (doubted === `Bearer ${current}`) await coordinator.refresh().catch(() => {})
    },
  }
}
