import { createElement, Fragment, type ReactElement, type ReactNode } from 'react'
import { useSession } from './use-session.ts'

export interface RequireSessionProps {
  /** Shown when nobody is signed in. Default: nothing. */
  readonly fallback?: ReactNode
  /** Shown while it is not known yet. Default: nothing, so that no sign-in form flashes up. */
  readonly loading?: ReactNode
  readonly children?: ReactNode
}

/**
 * Shows its children only to somebody who is signed in.
 *
 * ```tsx
 * <RequireSession fallback={<SignIn />}>
 *   <Notes />
 * </RequireSession>
 * ```
 * @throws {SessionError} `provider_missing`
 */
export const RequireSession = ({ fallback, loading, children }: RequireSessionProps): ReactElement => {
  const status = useSession((state) => state.status)
  return createElement(Fragment, null, { loading, 'signed-in': children, 'signed-out': fallback }[status])
}
