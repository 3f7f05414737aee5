import type { Session } from '@supabase/supabase-js'
import { browserClock } from '../adapters/clock.ts'
import type { ItemStorage } from '../adapters/web-storage.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'
import { aged } from '../supabase/earlier-session.ts'
import { isHandle } from '../supabase/seals.ts'
import type { Companion } from '../supabase/storage.ts'
import { claimsOf, isNewer } from './claims.ts'
import { exclusively } from './exclusively.ts'

/**
 * Keeps the cookies in step with the session, so that a server can use the access token. Every tab does so; what is
 * in step is not written again. The other way round, a session that a server has put there becomes the session.
 */
export const cookieSession = (
  coordinator: CoordinatorInternals<Session>,
  cookies: ItemStorage,
  storageKey: string,
): Companion => {
  /** The newest session that this page has known, also after its end. */
  let last: Session | null = null
  let queue = Promise.resolve()
  /** Whether missing cookies mean anything: not where none can be kept. */
  let areMissed = true

  const read = async (): Promise<Session | null> => {
    try {
      const session: Session | null = JSON.parse((await cookies.getItem(storageKey)) ?? 'null')
      return session?.access_token && session.refresh_token ? session : null
    } catch {
      // Cut off, or somebody else's.
      return null
    }
  }

  /** Has a server signed somebody in? With a handle it cannot; and cookies may come late, of a session that is known. */
  const isNews = ({ access_token, refresh_token }: Session): boolean =>
    !isHandle(refresh_token) && (!last || isNewer(access_token, last.access_token))

  /** Does whoever wrote the cookies know more than this tab, which is then told soon? */
  const isAhead = async (found: Session, known: Session | null): Promise<boolean> => {
    if (known && !isNewer(found.access_token, known.access_token)) return false
    return found.refresh_token === known?.refresh_token || coordinator.isCurrent(found.refresh_token)
  }

  const mirror = async (): Promise<void> => {
    const known = coordinator.current()?.tokens ?? null
    const found = await read()
    if (found && (isNews(found) || (await isAhead(found, known)))) return
    if (known !== (coordinator.current()?.tokens ?? null)) return mirror()
    if (!known) return found ? cookies.removeItem(storageKey) : undefined
    // By the server's clock, since a server reads it.
    const { exp = known.expires_at } = claimsOf(known.access_token)
    const shown = JSON.stringify({ ...known, expires_at: exp })
    if (shown === JSON.stringify(found)) return
    await cookies.setItem(storageKey, shown)
    areMissed = (await read()) !== null
  }

  /** One after the other: what was known earlier must not be written later. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    // A cookie that cannot be written is the server's loss, not the session's.
    queue = queue.then(work).catch(() => {})
    return queue
  }

  const adopt = async (): Promise<void> => {
    const found = await read()
    // Another tab may have been first, and this one not have heard of it yet.
    if (!found || !isNews(found) || (await coordinator.isCurrent(found.refresh_token))) return
    await coordinator.signInAs(coordinator.createHandle(), aged(found, browserClock.nowMs()))
  }

  /** Has a server changed the user? */
  const isUserNews = (found: Session, known: Session): boolean =>
    found.access_token === known.access_token &&
    (found.user?.updated_at ?? '') > (known.user?.updated_at ?? '')

  const follow = (): void => {
    last = coordinator.current()?.tokens ?? last
    void inTurn(mirror)
  }
  coordinator.subscribe(follow)

  return {
    async prepare() {
      await coordinator.loaded()
      last = coordinator.current()?.tokens ?? last
      await queue
      const found = await read()
      const known = coordinator.current()?.tokens
      if (found && isNews(found)) await exclusively(`solotab:${coordinator.name}:cookies`, adopt)
      // A server has removed them: because it could not refresh, or to sign out. A grant brings out which.
      else if (!found && known && areMissed) await coordinator.refresh().catch(() => {})
      else if (found && known && isUserNews(found, known))
        await coordinator.updateSession({ user: found.user })
      await inTurn(mirror)
    },
    settle: () => queue,
  }
}
