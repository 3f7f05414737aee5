import type { Coordinator } from '@solotab/core'
import {
  type RegisteredSession,
  type SessionProviderProps,
  useSession,
  useSessionEvent,
} from '@solotab/react'
import type { Session, User } from '@supabase/supabase-js'

type Same<One, Other> = [One, Other] extends [Other, One] ? true : false

// What `client.ts` has registered is what every hook gives: this compiles, or the registration does not work.

/** @public Compiled and not used. */
export const registered: Same<RegisteredSession, Session> = true

/** @public Compiled and not used. */
export const useRegistered = (): User | null => {
  const state = useSession()
  useSessionEvent('rotated', ({ session }) => session.user.email satisfies string | undefined)
  const user = useSession((state) => (state.status === 'signed-in' ? state.user : null))
  return state.status === 'signed-in' ? state.user : user
}

/** @public Compiled and not used. */
export const misuse = (provide: (props: SessionProviderProps) => void, plain: Coordinator) => {
  // @ts-expect-error its sessions are not of the registered type
  provide({ coordinator: plain })
}
