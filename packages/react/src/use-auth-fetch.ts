import { type AuthFetch, createAuthFetch } from '@solotab/core/fetch'
import { useMemo } from 'react'
import { useStore } from './context.ts'

/**
 * Returns a `fetch` that adds the current access token, and on a 401 asks for a rotation once and repeats the
 * request once. Tokens go to the page's own origin and to the `origins` of the provider. The same function always.
 *
 * ```tsx
 * const authFetch = useAuthFetch()
 * const response = await authFetch('/api/notes', { signal })
 * ```
 * @throws {SessionError} `provider_missing`; what the function throws: see {@link AuthFetch}.
 */
export const useAuthFetch = (): AuthFetch => {
  const { coordinator, origins } = useStore()
  return useMemo(() => createAuthFetch(coordinator, { origins }), [coordinator, origins])
}
