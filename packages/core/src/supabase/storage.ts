import type { Session } from '@supabase/supabase-js'
import type { ItemStorage } from '../adapters/web-storage.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'
import { isHandle, type Seals } from './seals.ts'

/** What auth-js takes for its disk: a view of the coordinator's session. */
export interface SessionStorage {
  getItem(key: string): Promise<string | null>
  setItem(key: string, value: string): Promise<void>
  removeItem(key: string): Promise<void>
}

/** What goes along with the session in a page: where else it is, or was. */
export interface Companion {
  /** Before auth-js is told of the session. What it rejects with is ignored. */
  prepare(): Promise<void>
  /** After auth-js has changed it. */
  settle(): Promise<void>
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
  companion: Companion,
): SessionStorage => {
  /** The session that auth-js in this tab believes in. */
  let believed = ''

  // auth-js derives the keys of other items from the session's key; those are not this tab's own.
  const keyOf = (key: string): string =>
    key.startsWith(tabKey) ? storageKey + key.slice(tabKey.length) : key

  const save = async (session: Session): Promise<void> => {
    const sealed = session.refresh_token
    let refresh_token = seals.open(sealed)
    if (!refresh_token) {
      // Anything but a new session is in the record already, or older than the record.
      if (isHandle(sealed) || (await seals.isOwn(sealed))) return
      refresh_token = sealed
    }
    believed = isHandle(sealed) ? sealed : coordinator.createHandle()
    await coordinator.signInAs(believed, { ...session, refresh_token })
  }

  const drop = async (): Promise<void> => {
    const doubted = doubts.shift()
    if (doubted === undefined) return coordinator.signOutOf(believed)
    // That is not the last word on the session, and perhaps not on this one; a grant brings it out.
    const current = coordinator.current()?.tokens.access_token
    if (doubted === `Bearer ${current}`) await coordinator.refresh().catch(() => {})
  }

  return {
    async getItem(key) {
      if (key !== tabKey) return items.getItem(keyOf(key))
      await companion.prepare().catch(() => {})
      const current = coordinator.current()
      believed = current?.handle ?? ''
      if (!current) return null
      seals.show(current.tokens.refresh_token, current.handle)
      return JSON.stringify(current.tokens)
    },

    async setItem(key, value) {
      if (key !== tabKey) return items.setItem(keyOf(key), value)
      await save(JSON.parse(value))
      await companion.settle()
    },

    async removeItem(key) {
      if (key !== tabKey) return items.removeItem(keyOf(key))
      await drop()
      await companion.settle()
    },
  }
}
