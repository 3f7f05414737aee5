import type { Session } from '@supabase/supabase-js'
import type { ItemStorage } from '../adapters/web-storage.ts'
import type { CoordinatorInternals } from '../coordinator.ts'
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
 * @param takeDoubt Tells once that auth-js drops the session for something that the server said.
 */
export const createSessionStorage = (
  coordinator: CoordinatorInternals<Session>,
  seals: Seals,
  storageKey: string,
  tabKey: string,
  items: ItemStorage,
  takeDoubt: () => boolean,
): SessionStorage => {
  /** The session that auth-js in this tab believes in. */
  let believed = ''
  let ready: Promise<void> | undefined

  // auth-js derives the keys of other items from the session's key; those are not this tab's own.
  const keyOf = (key: string): string =>
    key.startsWith(tabKey) ? storageKey + key.slice(tabKey.length) : key

  return {
    async getItem(key) {
      if (key !== tabKey) return items.getItem(keyOf(key))
      ready ??= adoptEarlierSession(coordinator, items, storageKey)
      await ready
      const current = coordinator.current()
      believed = current?.handle ?? ''
      return current && JSON.stringify(current.tokens)
    },

    async setItem(key, value) {
      if (key !== tabKey) return items.setItem(keyOf(key), value)
      const session: Session = JSON.parse(value)
      const sealed = session.refresh_token
      const refresh_token = seals.open(sealed)
      // Anything but a new session is in the record already, or older than the record.
      if (refresh_token === null) return
      believed = isHandle(sealed) ? sealed : coordinator.createHandle()
      await coordinator.signInAs(believed, { ...session, refresh_token })
    },

    async removeItem(key) {
      if (key !== tabKey) return items.removeItem(keyOf(key))
      // What the server said of the access token is not its last word on the session; a grant brings that out.
      if (takeDoubt()) await coordinator.refresh().catch(() => {})
      else await coordinator.signOutOf(believed)
    },
  }
}
