import type { AuthChangeEvent, Session } from '@supabase/supabase-js'
import type { Snapshot } from '../snapshot.ts'

/** The event that a change of the session means for the subscribers of `onAuthStateChange`; null for none. */
export const eventBetween = (
  before: Snapshot<Session>,
  after: Snapshot<Session>,
  sameSignIn: boolean,
): AuthChangeEvent | null => {
  // The first state of a page is told by auth-js itself, as INITIAL_SESSION.
  if (before.status === 'loading' || after.status === 'loading') return null
  if (after.status === 'signed-out') return before.status === 'signed-in' ? 'SIGNED_OUT' : null
  if (before.status === 'signed-out' || !sameSignIn) return 'SIGNED_IN'
  if (before.session.access_token !== after.session.access_token) return 'TOKEN_REFRESHED'
  return before.generation === after.generation ? null : 'USER_UPDATED'
}

type Listener = (event: AuthChangeEvent, session: Session | null) => unknown

/**
 * Wraps a subscriber so that it hears each piece of news once. auth-js tells of every answer from the gate as
 * of a rotation, and of what this tab did itself a second time; and an answer may be overtaken by newer news.
 *
 * @param current The session that this tab knows now.
 */
export const onlyNews = (listener: Listener, current: () => Session | null): Listener => {
  let toldToken: string | null = null
  // Of updates only: a rotation may have brought the changed user before anybody told of the change.
  let toldUser = ''
  let signedIn = false
  let signedOut = false

  const isNews = (event: AuthChangeEvent, session: Session | null): boolean => {
    const isOvertaken = session?.access_token !== current()?.access_token
    switch (event) {
      case 'TOKEN_REFRESHED':
        return !isOvertaken && session?.access_token !== toldToken
      case 'SIGNED_IN':
        return !isOvertaken && !(signedIn && session?.access_token === toldToken)
      case 'USER_UPDATED':
        return !isOvertaken && JSON.stringify(session?.user) !== toldUser
      case 'SIGNED_OUT':
        return !current() && !signedOut
      default:
        return true
    }
  }

  return (event, session) => {
    if (!isNews(event, session)) return
    signedOut = event === 'SIGNED_OUT'
    // INITIAL_SESSION tells what there is; a SIGNED_IN of the same session may follow it, as with auth-js alone.
    signedIn = session !== null && (signedIn || event !== 'INITIAL_SESSION')
    toldToken = session?.access_token ?? null
    if (event === 'USER_UPDATED') toldUser = JSON.stringify(session?.user)
    return listener(event, session)
  }
}
