import type { Session } from '@solotab/core'
import { useRef, useSyncExternalStore } from 'react'
import { useStore } from './context.ts'
import { whenLoaded } from './loaded.ts'
import type { RegisteredSession } from './register.ts'
import type { SessionState } from './session-state.ts'
import { share } from './share.ts'

type Selector<S extends Session, T> = (state: SessionState<S>) => T

const whole = (state: unknown) => state

/**
 * Returns the session as a union that `status` narrows, and renders whenever something in it changes.
 *
 * ```tsx
 * const auth = useSession()
 * if (auth.status === 'signed-in') return <p>{auth.user.email}</p>
 * ```
 * @throws {SessionError} `provider_missing`: there is no `<SessionProvider>` above.
 */
export function useSession<S extends Session = RegisteredSession>(): SessionState<S>
/**
 * Returns the session as soon as it is known, and suspends until then.
 */
export function useSession<S extends Session = RegisteredSession>(options: {
  readonly suspense: true
}): Exclude<SessionState<S>, { status: 'loading' }>
/**
 * Returns what the selector makes of the session, and renders only when that changes.
 *
 * ```tsx
 * const email = useSession((auth) => auth.status === 'signed-in' && auth.user.email)
 * ```
 * @param isEqual Are two selected values the same? Default: compares arrays and plain objects by what is in them.
 */
export function useSession<T, S extends Session = RegisteredSession>(
  selector: Selector<S, T>,
  isEqual?: (one: T, other: T) => boolean,
): T
export function useSession(
  given: Selector<Session, unknown> | { readonly suspense: boolean } = whole,
  isEqual?: (one: never, other: never) => boolean,
): unknown {
  const store = useStore()
  const selector = typeof given === 'function' ? given : whole
  const last = useRef<{ state: unknown; selector: unknown; value: unknown } | null>(null)
  const select = (state: SessionState<Session>) => {
    const { current } = last
    if (current?.state === state && current.selector === selector) return current.value
    let value = selector(state)
    if (current) {
      if (!isEqual) value = share(current.value, value)
      else if (isEqual(current.value as never, value as never)) value = current.value
    }
    last.current = { state, selector, value }
    return value
  }
  const selected = useSyncExternalStore(
    store.coordinator.subscribe,
    () => select(store.getState()),
    () => select(store.getServerState()),
  )
  if (given !== selector && (selected as SessionState<Session>).status === 'loading') {
    throw whenLoaded(store.coordinator)
  }
  return selected
}
