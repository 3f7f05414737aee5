import type { Coordinator } from '@solotab/core'
import { createElement, type ReactElement, type ReactNode, useEffect, useMemo } from 'react'
import { StoreContext } from './context.ts'
import type { RegisteredSession } from './register.ts'
import { keepRunning } from './running.ts'
import type { InitialSession } from './session-state.ts'
import { createStore } from './store.ts'

export interface SessionProviderProps {
  /** Made once, outside of components. */
  readonly coordinator: Coordinator<RegisteredSession>
  /**
   * For server rendering: the session that the server has rendered with, or null if there was none. It holds
   * until the coordinator has read the stored one. Leave the refresh token out: it has no place in a page.
   */
  readonly initialSession?: InitialSession | undefined
  /**
   * Where `useAuthFetch()` may send the access token, beside the page's own origin: `['https://api.example.com']`.
   */
  readonly origins?: readonly string[]
  readonly children?: ReactNode
}

/**
 * Gives its children the session: starts the coordinator when it is mounted and closes it when it is unmounted.
 *
 * ```tsx
 * <SessionProvider coordinator={coordinator}>
 *   <App />
 * </SessionProvider>
 * ```
 * @throws {SessionError} `name_in_use`: another coordinator of this page runs with this name. Thrown when it is
 *   mounted, for the nearest error boundary.
 */
export const SessionProvider = ({
  coordinator,
  initialSession,
  origins,
  children,
}: SessionProviderProps): ReactElement => {
  const allowed = origins?.join(' ') ?? ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the first initial session counts.
  const store = useMemo(
    () => createStore(coordinator, initialSession, allowed.split(' ')),
    [coordinator, allowed],
  )
  useEffect(() => keepRunning(coordinator), [coordinator])
  return createElement(StoreContext.Provider, { value: store }, children)
}
