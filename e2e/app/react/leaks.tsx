import { createCoordinator } from '@solotab/core'
import { SessionProvider, useIdleTimeout, useSession, useSessionEvent, useTabs } from '@solotab/react'
import { StrictMode, Suspense } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

declare global {
  var mountAndUnmount: (times: number) => Promise<void>
}

const coordinator = createCoordinator({
  name: 'leaks',
  refresh: async () => ({ access_token: 'access', refresh_token: 'refresh', expires_in: 3600 }),
})

const Everything = () => {
  useSession()
  useTabs()
  useIdleTimeout({ afterMs: 60 * 1000, warnMs: 1000 })
  useSessionEvent('signed-out', () => {})
  return null
}

const Suspended = () => useSession({ suspense: true }).status

const container = document.getElementById('root')
if (!container) throw new Error('No root.')

const task = () => new Promise((resolve) => setTimeout(resolve))

/** Every third time at once, every third after a task, every third when the session has been read. */
globalThis.mountAndUnmount = async (times) => {
  for (let time = 0; time < times; time++) {
    const root = createRoot(container)
    flushSync(() =>
      root.render(
        <StrictMode>
          <SessionProvider coordinator={coordinator as never}>
            <Everything />
            <Suspense>
              <Suspended />
            </Suspense>
          </SessionProvider>
        </StrictMode>,
      ),
    )
    if (time % 3 === 1) await task()
    if (time % 3 === 2) await coordinator.getAccessToken().catch(() => {})
    flushSync(() => root.unmount())
    if (time % 2 === 0) await task()
  }
}
