// @vitest-environment happy-dom
import { act, render } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { SessionProvider } from './session-provider.ts'
import type { SessionState } from './session-state.ts'
import {
  fakeCoordinator,
  sessionOf,
  signedIn,
  signedOut,
  type UserSession,
} from './testing/fake-coordinator.ts'
import { renderBelow } from './testing/render-below.tsx'
import { watcher } from './testing/watcher.tsx'
import { useAccessToken } from './use-access-token.ts'
import { useSession } from './use-session.ts'

const Selected = ({ member }: { member: 'role' | 'status' }) => <p>{useSession((state) => state[member])}</p>

const nameOf = (state: SessionState<UserSession>) => state.status === 'signed-in' && state.user.name

describe('useSession()', () => {
  test('goes from loading to signed in to signed out, with what each has', () => {
    const { commits, element } = watcher(() => useSession<UserSession>())
    const { coordinator } = renderBelow(element)
    act(() => coordinator.show(signedIn(1)))
    act(() => coordinator.show(signedOut(2, 'expired')))
    expect(commits).toMatchObject([
      { status: 'loading', role: 'follower' },
      { status: 'signed-in', user: { name: 'Ada' }, refreshFailing: null, generation: 1 },
      { status: 'signed-out', reason: 'expired' },
    ])
    expect(new Set(commits.map(({ signOut }) => signOut)).size).toBe(1)
  })

  test('keeps the user object over a rotation', () => {
    const { commits, element } = watcher(() => useSession<UserSession>())
    const { coordinator } = renderBelow(element)
    act(() => coordinator.show(signedIn(1)))
    act(() => coordinator.show(signedIn(2)))
    const [, one, other] = commits
    if (one?.status !== 'signed-in' || other?.status !== 'signed-in') throw new Error('Not signed in.')
    expect(other.session.access_token).not.toBe(one.session.access_token)
    expect(other.user).toBe(one.user)
    expect(other.session.user).toBe(one.user)
  })

  test('refreshes and signs out', async () => {
    const { commits, element } = watcher(() => useSession<UserSession>())
    const { coordinator } = renderBelow(element)
    act(() => coordinator.show(signedIn(1)))
    await act(() => commits.at(-1)?.refresh())
    await act(() => commits.at(-1)?.signOut())
    expect(commits.map(({ generation }) => generation)).toEqual([0, 1, 2, 3])
    expect(commits.at(-1)).toMatchObject({ status: 'signed-out', reason: 'signed-out' })
  })
})

describe('useSession(selector)', () => {
  test('renders zero times for a rotation when only the user is used', () => {
    const { commits, element } = watcher(() =>
      useSession((state: SessionState<UserSession>) => (state.status === 'signed-in' ? state.user : null)),
    )
    const { coordinator } = renderBelow(element)
    act(() => coordinator.show(signedIn(1)))
    for (const generation of [2, 3, 4]) act(() => coordinator.show(signedIn(generation)))
    expect(commits).toHaveLength(2)
  })

  test('renders zero times for a selection that is built anew and says the same', () => {
    const { commits, element } = watcher(() =>
      useSession((state: SessionState<UserSession>) => ({ name: nameOf(state), tags: ['a'] })),
    )
    const { coordinator } = renderBelow(element)
    act(() => coordinator.show(signedIn(1)))
    act(() => coordinator.show(signedIn(2)))
    act(() => coordinator.show(signedIn(3, sessionOf(3, { id: 'ada', name: 'A.' }))))
    expect(commits.map(({ name }) => name)).toEqual([false, 'Ada', 'A.'])
  })

  test('goes by isEqual where there is one', () => {
    const { commits, element } = watcher(() =>
      useSession(
        ({ generation }) => generation,
        (one, other) => one % 2 === other % 2,
      ),
    )
    const { coordinator } = renderBelow(element)
    for (const generation of [1, 3, 5, 6]) act(() => coordinator.show(signedIn(generation)))
    expect(commits).toEqual([0, 1, 6])
  })

  test('may use props: a new selector selects anew', () => {
    const coordinator = fakeCoordinator()
    const view = (member: 'role' | 'status') => (
      <SessionProvider coordinator={coordinator}>
        <Selected member={member} />
      </SessionProvider>
    )
    const { container, rerender } = render(view('role'))
    expect(container.textContent).toBe('follower')
    rerender(view('status'))
    expect(container.textContent).toBe('loading')
  })
})

test('useAccessToken() is the current token, or null', () => {
  const { commits, element } = watcher(useAccessToken)
  const { coordinator } = renderBelow(element, fakeCoordinator())
  act(() => coordinator.show(signedIn(1)))
  act(() => coordinator.show({ ...signedIn(1), role: 'leader' }))
  act(() => coordinator.show(signedIn(2)))
  act(() => coordinator.show(signedOut(3, 'signed-out')))
  expect(commits).toEqual([null, 'access 1', 'access 2', null])
})
