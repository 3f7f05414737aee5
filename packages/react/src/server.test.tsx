import { createCoordinator } from '@solotab/core'
import { Suspense } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import {
  RequireSession,
  SessionProvider,
  useAccessToken,
  useAuthFetch,
  useIdleTimeout,
  useSession,
  useSessionEvent,
  useTabs,
} from './index.ts'
import { fakeCoordinator, sessionOf, type UserSession } from './testing/fake-coordinator.ts'

// There is no browser here: what touches one fails.
const coordinator = createCoordinator<UserSession>({ name: 'server', refresh: async () => sessionOf(1) })

const Waits = () => useSession({ suspense: true }).status

const Everything = () => {
  const state = useSession<UserSession>()
  const tabs = useTabs()
  const { phase } = useIdleTimeout({ afterMs: 1000 })
  useAuthFetch()
  useSessionEvent('signed-out', () => {})
  const token = useAccessToken()
  const told = state.status === 'signed-in' ? state.user.name : state.status
  return [told, tabs.length, phase, token ? 'token' : 'no token'].join(', ')
}

const { refresh_token: _, ...initial } = sessionOf(1)

describe('on a server', () => {
  test('every hook renders, and nothing is started', () => {
    const html = renderToString(
      <SessionProvider coordinator={coordinator}>
        <Everything />
      </SessionProvider>,
    )
    expect(html).toBe('loading, 0, active, no token')
    expect(coordinator.getSnapshot().status).toBe('loading')
  })

  test('an initial session is rendered', () => {
    const html = renderToString(
      <SessionProvider coordinator={coordinator} initialSession={initial}>
        <RequireSession>
          <Everything />
        </RequireSession>
      </SessionProvider>,
    )
    expect(html).toBe('Ada, 0, active, token')
  })

  test('an initial session of null is nobody signed in', () => {
    const html = renderToString(
      <SessionProvider coordinator={coordinator} initialSession={null}>
        <RequireSession fallback="sign in">secret</RequireSession>
      </SessionProvider>,
    )
    expect(html).toBe('sign in')
  })

  test('waiting for a session is an error that says what to do, and with an initial one there is no waiting', () => {
    expect(() =>
      renderToString(
        <SessionProvider coordinator={fakeCoordinator()}>
          <Waits />
        </SessionProvider>,
      ),
    ).toThrow(/give <SessionProvider> an initialSession/)
    const html = renderToString(
      <SessionProvider coordinator={fakeCoordinator()} initialSession={initial}>
        <Suspense>
          <Waits />
        </Suspense>
      </SessionProvider>,
    )
    expect(html).toContain('signed-in')
  })
})
