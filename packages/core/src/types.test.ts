import { expect, expectTypeOf, test } from 'vitest'
import type { Coordinator, Session, Snapshot } from './index.ts'
import { createCoordinator, SessionError } from './index.ts'

interface UserSession extends Session {
  user: { id: string }
}

// What is in here is compiled and not called: there is no browser.
export const misuse = (coordinator: Coordinator<UserSession>, snapshot: Snapshot<UserSession>) => {
  const refresh = async () => ({ access_token: 'a', refresh_token: 'r', expires_in: 1 })
  // @ts-expect-error refresh is missing
  createCoordinator({ name: 'x' })
  // @ts-expect-error the name is missing
  createCoordinator({ refresh })
  // @ts-expect-error no such mode
  createCoordinator({ name: 'x', refresh, refreshToken: 'open' })
  // @ts-expect-error the answer is no session
  createCoordinator({ name: 'x', refresh: async () => ({ token: 'a' }) })
  // @ts-expect-error the answer lacks the user
  createCoordinator<UserSession>({ name: 'x', refresh })

  // @ts-expect-error a session only when signed in
  snapshot.session
  // @ts-expect-error a reason only when signed out
  snapshot.reason
  // @ts-expect-error read-only
  snapshot.generation = 5
  if (snapshot.status === 'signed-out') {
    // @ts-expect-error no session when signed out
    snapshot.session
  }

  // @ts-expect-error no such option
  void coordinator.getAccessToken({ minValidity: 5 })
  // @ts-expect-error a token is no session
  void coordinator.signIn('token')
  // @ts-expect-error tokens are not changed this way
  void coordinator.updateSession({ access_token: 'x' })
  // @ts-expect-error no such member
  void coordinator.updateSession({ name: 'x' })
  // @ts-expect-error no such code
  new SessionError('oops', 'x')
  // @ts-expect-error internals are not public
  coordinator.createHandle()
}

test('a snapshot is narrowed by its status', () => {
  type SignedIn = Extract<Snapshot<UserSession>, { status: 'signed-in' }>
  expectTypeOf<SignedIn['session']>().toEqualTypeOf<UserSession>()
  expectTypeOf<Snapshot['status']>().toEqualTypeOf<'loading' | 'signed-in' | 'signed-out'>()
  expectTypeOf<Snapshot['role']>().toEqualTypeOf<'leader' | 'follower'>()
})

test('a coordinator gives sessions of the type that its provider does', () => {
  expectTypeOf<ReturnType<Coordinator<UserSession>['refresh']>>().resolves.toEqualTypeOf<UserSession>()
  expectTypeOf<Parameters<Coordinator<UserSession>['updateSession']>[0]>().toEqualTypeOf<
    Partial<Omit<UserSession, keyof Session>>
  >()
})

test('making a coordinator needs no browser', () => {
  const refresh = async () => ({ access_token: 'a', refresh_token: 'r', expires_in: 1 })
  expect(createCoordinator({ name: 'types', refresh }).getSnapshot().status).toBe('loading')
})
