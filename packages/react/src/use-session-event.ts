import type { Session } from '@solotab/core'
import { useEffect, useRef } from 'react'
import { useStore } from './context.ts'
import { happened, type SessionEvents } from './session-event.ts'
import type { SessionState } from './session-state.ts'

/**
 * Calls `handler` with the new state after each event of this type, in every tab. It renders nothing by itself.
 *
 * ```tsx
 * useSessionEvent('signed-out', ({ reason }) => {
 *   if (reason === 'signed-out-elsewhere') toast('You were signed out in another tab.')
 * })
 * ```
 * @throws {SessionError} `provider_missing`
 */
export const useSessionEvent = <Type extends keyof SessionEvents>(
  type: Type,
  handler: (state: SessionEvents[Type]) => void,
): void => {
  const store = useStore()
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => {
    const { coordinator } = store
    let before: SessionState<Session> | undefined
    const look = () => {
      // An initial session is no news, nor is it that the coordinator was closed and started again.
      if (coordinator.getSnapshot().status === 'loading') return
      const after = store.getState()
      const news = before && happened(type, before, after)
      before = after
      if (news) latest.current(after as unknown as SessionEvents[Type])
    }
    look()
    return coordinator.subscribe(look)
  }, [store, type])
}
