import { AuthRetryableFetchError, type Session, type SupabaseClient } from '@supabase/supabase-js'
import { beforeLeaving } from '../adapters/address-bar.ts'
import { browserClock } from '../adapters/clock.ts'
import { postSoon } from '../adapters/local-channel.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'
import { eventBetween, onlyNews } from './auth-events.ts'
import { type Detect, sealRedirect, unsealRedirect } from './redirect.ts'
import { isHandle, type Seals } from './seals.ts'

/**
 * Makes a client one of the coordinated ones: switches its own refreshing and its focus handler off, tells its
 * subscribers what other tabs did, and makes `refreshSession()` a shared, forced rotation.
 */
export const attach = (
  auth: SupabaseClient['auth'],
  coordinator: CoordinatorInternals<Session>,
  seals: Seals,
  tabKey: string,
  detectSessionInUrl?: Detect,
): void => {
  relayEvents(auth, coordinator, tabKey)

  const unseal = () => unsealRedirect(seals)
  // A page that is reloaded while auth-js asks for the user finds in its address what it needs.
  beforeLeaving(unseal)

  const { getSession, initialize, refreshSession, setSession } = auth
  auth.initialize = async () => {
    sealRedirect(seals, detectSessionInUrl)
    try {
      return await initialize.call(auth)
    } finally {
      unseal()
      await auth.stopAutoRefresh()
    }
  }

  auth.getSession = async () => {
    const found = await getSession.call(auth)
    // A page may sleep while auth-js is at it, which then goes on with a token that has expired meanwhile.
    const { expires_at = Number.POSITIVE_INFINITY } = found.data.session ?? {}
    return expires_at * 1000 > browserClock.nowMs() ? found : getSession.call(auth)
  }

  const sealed = async <T extends { refresh_token: string }>(session: T): Promise<T> => {
    const { refresh_token } = session
    if (!refresh_token || (await seals.isOwn(refresh_token))) return session
    // The handle of a session that has ended stands for nothing: auth-js says that the session is missing.
    return { ...session, refresh_token: isHandle(refresh_token) ? '' : seals.seal(refresh_token) }
  }

  auth.setSession = async (session) => setSession.call(auth, await sealed(session))

  auth.refreshSession = async (session) => {
    await auth.initialize()
    if (session && !(await seals.isOwn(session.refresh_token))) {
      return refreshSession.call(auth, await sealed(session))
    }
    try {
      const fresh = await coordinator.refresh()
      return { data: { session: fresh, user: fresh.user }, error: null }
    } catch {
      // Without a session, auth-js has the right error.
      if (!coordinator.current()) return refreshSession.call(auth)
      const error = new AuthRetryableFetchError('The session cannot be refreshed now.', 503)
      // Older clients have no such option.
      if (auth.isThrowOnErrorEnabled?.()) throw error
      return { data: { session: null, user: null }, error }
    }
  }
}

/** auth-js listens to its channel for the news of other tabs; this is where it gets them. */
const relayEvents = (
  auth: SupabaseClient['auth'],
  coordinator: CoordinatorInternals<Session>,
  tabKey: string,
): void => {
  let before = coordinator.getSnapshot()
  let handle = coordinator.current()?.handle
  coordinator.subscribe(() => {
    const after = coordinator.getSnapshot()
    const sameSignIn = handle === coordinator.current()?.handle
    const event = eventBetween(before, after, sameSignIn)
    before = after
    handle = coordinator.current()?.handle
    if (event) postSoon(tabKey, { event, session: after.status === 'signed-in' ? after.session : null })
  })

  const { onAuthStateChange } = auth
  auth.onAuthStateChange = (listener) =>
    onAuthStateChange.call(
      auth,
      onlyNews(
        listener as Parameters<typeof onlyNews>[0],
        () => coordinator.current()?.tokens ?? null,
      ) as never,
    )
}
