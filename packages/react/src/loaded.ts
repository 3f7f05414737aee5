import { type Coordinator, SessionError } from '@solotab/core'
import { after, isServer } from './adapters/page.ts'
import { keepRunning } from './running.ts'

/** How long the coordinator of a tree that waited for it is kept running until its provider is mounted. */
const GRACE_MS = 1000

/**
 * Resolves when the stored session has been read. It sees to it that the coordinator runs: if the <Suspense> is
 * outside of the provider, the provider is not mounted before this resolves.
 * @throws {SessionError} `suspense_on_server`
 */
export const whenLoaded = (coordinator: Coordinator): Promise<void> => {
  if (isServer()) {
    throw new SessionError(
      'suspense_on_server',
      'No session to wait for: give <SessionProvider> an initialSession, or null.',
    )
  }
  return new Promise((resolve) => {
    const release = keepRunning(coordinator)
    const unsubscribe = coordinator.subscribe(() => {
      if (coordinator.getSnapshot().status === 'loading') return
      unsubscribe()
      after(GRACE_MS, release)
      resolve()
    })
  })
}
