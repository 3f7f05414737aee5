import { createIdleTimer, type IdleOptions, type IdleState } from '@solotab/core/idle'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useStore } from './context.ts'

/** When a user counts as idle, and what to do then. */
export interface IdleTimeoutOptions extends IdleOptions {
  /** Called in every tab when the warning begins, with when the user will be idle, in milliseconds since the epoch. */
  readonly onWarn?: (warning: { readonly idleAtMs: number }) => void
  /** Called in every tab when the time is over. */
  readonly onIdle?: () => void
}

/** Whether somebody is there, and what says so. */
export type IdleTimeout = IdleState & {
  /** "I am still here": answers the warning, and ends being idle, in all tabs. */
  readonly stay: () => void
}

const active: IdleState = { phase: 'active' }

/**
 * Notices that nobody is there any more, in step over all tabs: activity in one counts for all, a refresh for none.
 *
 * ```tsx
 * const idle = useIdleTimeout({ afterMs: 15 * 60_000, warnMs: 60_000, onIdle: () => void signOut() })
 * if (idle.phase === 'warning') return <button onClick={idle.stay}>I am still here</button>
 * ```
 * @throws {SessionError} `option_invalid`, `provider_missing`
 */
export const useIdleTimeout = ({ afterMs, warnMs = 0, onWarn, onIdle }: IdleTimeoutOptions): IdleTimeout => {
  const { coordinator } = useStore()
  const timer = useMemo(
    () => createIdleTimer(coordinator, { afterMs, warnMs }),
    [coordinator, afterMs, warnMs],
  )
  useEffect(() => {
    timer.start()
    return timer.close
  }, [timer])
  const state = useSyncExternalStore(timer.subscribe, timer.getSnapshot, () => active)
  const { phase } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new phase is told, and new handlers are no new phase.
  useEffect(() => {
    if (phase === 'warning') onWarn?.(state)
    if (phase === 'idle') onIdle?.()
  }, [phase])
  return useMemo(() => ({ ...state, stay: timer.stay }), [state, timer])
}
