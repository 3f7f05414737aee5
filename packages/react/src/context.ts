import { SessionError } from '@solotab/core'
import { createContext, useContext } from 'react'
import type { Store } from './store.ts'

/** What the nearest {@link SessionProvider} gives. */
export const StoreContext = createContext<Store | null>(null)

export const useStore = (): Store => {
  const store = useContext(StoreContext)
  if (store) return store
  throw new SessionError(
    'provider_missing',
    'Put a <SessionProvider coordinator={coordinator}> around this component.',
  )
}
