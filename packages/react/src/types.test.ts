import type { Coordinator, EndReason, Failure, Session } from '@solotab/core'
import { expect, expectTypeOf, test } from 'vitest'
import {
  type RegisteredSession,
  type RequireSession,
  type SessionEvents,
  type SessionProvider,
  type SessionState,
  useAccessToken,
  useAuthFetch,
  useIdleTimeout,
  useSession,
  useSessionEvent,
  useTabs,
} from './index.ts'

interface UserSession extends Session {
  user: { id: string; name: string }
}

const byNumber = (one: number, other: number) => one === other

// What is in here is compiled and not called: there is no component.
export const misuse = (
  state: SessionState<UserSession>,
  provide: (props: Parameters<typeof SessionProvider>[0]) => void,
  require: (props: Parameters<typeof RequireSession>[0]) => void,
  coordinator: Coordinator<UserSession>,
) => {
  // @ts-expect-error a user only when signed in
  state.user
  // @ts-expect-error a session only when signed in
  state.session
  // @ts-expect-error a reason only when signed out
  state.reason
  // @ts-expect-error whether refreshing fails only when signed in
  state.refreshFailing
  // @ts-expect-error no such status
  state.status === 'authenticated'
  // @ts-expect-error read-only
  state.role = 'leader'
  if (state.status === 'signed-in') {
    // @ts-expect-error no such member of the user
    state.user.email
    // @ts-expect-error read-only
    state.user = { id: 'a', name: 'b' }
  }

  // @ts-expect-error the coordinator is missing
  provide({})
  // @ts-expect-error a client is no coordinator
  provide({ coordinator: { auth: {} } })
  // @ts-expect-error origins are a list
  provide({ coordinator, origins: 'https://api.example.com' })
  // @ts-expect-error the refresh token has no place in a page
  provide({ coordinator, initialSession: { access_token: 'a', refresh_token: 'r' } })
  // @ts-expect-error the access token is missing
  provide({ coordinator, initialSession: {} })
  // @ts-expect-error a fallback is something to show
  require({ fallback: () => 'sign in' })

  // @ts-expect-error suspense or not is written down, for the type depends on it
  useSession({ suspense: Math.random() > 0.5 })
  // @ts-expect-error no such option
  useSession({ select: () => 1 })
  // @ts-expect-error isEqual compares what is selected
  useSession(({ status }) => status, byNumber)
  // @ts-expect-error not before it is known that somebody is signed in
  useSession<string, UserSession>((state) => state.user.name)

  // @ts-expect-error no such event
  useSessionEvent('SIGNED_OUT', () => {})
  // @ts-expect-error no handler
  useSessionEvent('signed-out')
  // @ts-expect-error no session when signed out
  useSessionEvent('signed-out', ({ session }) => session)
  // @ts-expect-error no reason when signed in
  useSessionEvent('signed-in', ({ reason }) => reason)

  // @ts-expect-error afterMs is missing
  useIdleTimeout({ warnMs: 5 })
  // @ts-expect-error no such option
  useIdleTimeout({ afterMs: 5, after: 5 })
  // @ts-expect-error times are numbers
  useIdleTimeout({ afterMs: '15 minutes' })
  // @ts-expect-error no options
  useAuthFetch({ origins: [] })
  // @ts-expect-error a token is no promise
  void useAccessToken().then
  // @ts-expect-error the list is read-only
  useTabs().push
}

// Compiled and not called, as well: a hook is not called outside of a component.
export const use = () => {
  const state = useSession<UserSession>()
  expectTypeOf(state.status).toEqualTypeOf<'loading' | 'signed-in' | 'signed-out'>()
  expectTypeOf(state.role).toEqualTypeOf<'leader' | 'follower'>()
  expectTypeOf(state.refresh).toEqualTypeOf<() => Promise<UserSession>>()
  if (state.status === 'signed-in') {
    expectTypeOf(state.user).toEqualTypeOf<UserSession['user']>()
    expectTypeOf(state.refreshFailing).toEqualTypeOf<Failure | null>()
  }
  if (state.status === 'signed-out') expectTypeOf(state.reason).toEqualTypeOf<EndReason>()
  expectTypeOf(useSession({ suspense: true }).status).toEqualTypeOf<'signed-in' | 'signed-out'>()
  expectTypeOf(useSession(({ generation }) => generation)).toEqualTypeOf<number>()
  const selected = useSession(
    (state: SessionState<UserSession>) => state.status === 'signed-in' && state.user.name,
  )
  expectTypeOf(selected).toEqualTypeOf<string | false>()
  expectTypeOf(useAccessToken()).toEqualTypeOf<string | null>()
  useSessionEvent('signed-out', ({ reason }) => expectTypeOf(reason).toEqualTypeOf<EndReason>())
  useIdleTimeout({ afterMs: 5, onWarn: ({ idleAtMs }) => expectTypeOf(idleAtMs).toEqualTypeOf<number>() })
}

test('without a registered coordinator sessions are what every session is, and users are unknown', () => {
  type SignedIn = Extract<SessionState, { status: 'signed-in' }>
  expectTypeOf<RegisteredSession>().toEqualTypeOf<Session>()
  expectTypeOf<SignedIn['user']>().toEqualTypeOf<unknown>()
})

test('there is a type for each event', () => {
  expectTypeOf<keyof SessionEvents>().toEqualTypeOf<
    'signed-in' | 'signed-out' | 'rotated' | 'refresh-failed' | 'refresh-recovered'
  >()
  expect(useSession).toBeTypeOf('function')
})
