import type { AuthChangeEvent, Session } from '@supabase/supabase-js'
import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../snapshot.ts'
import { eventBetween, onlyNews } from './auth-events.ts'

const session = (access_token: string, name = 'Ada'): Session => ({
  access_token,
  refresh_token: 'handle',
  expires_in: 3600,
  expires_at: 2_000_000_000,
  token_type: 'bearer',
  user: {
    id: name,
    aud: 'authenticated',
    app_metadata: {},
    user_metadata: { name },
    created_at: '2026-01-01T00:00:00Z',
  },
})

const first = session('first')
const loading: Snapshot<Session> = { status: 'loading', role: 'follower', generation: 0 }
const signedOut: Snapshot<Session> = {
  status: 'signed-out',
  role: 'follower',
  generation: 3,
  reason: 'signed-out',
}
const signedIn = (of: Session): Snapshot<Session> => ({
  status: 'signed-in',
  role: 'follower',
  generation: 2,
  session: of,
  refreshFailing: null,
})

describe('the event that a change means', () => {
  test.each<[string, Snapshot<Session>, Snapshot<Session>, boolean, AuthChangeEvent | null]>([
    ['the first state of a page is told by auth-js', loading, signedIn(first), false, null],
    ['a sign-in', signedOut, signedIn(first), false, 'SIGNED_IN'],
    ['another sign-in in place of this one', signedIn(first), signedIn(session('other')), false, 'SIGNED_IN'],
    ['a rotation', signedIn(first), signedIn(session('second')), true, 'TOKEN_REFRESHED'],
    [
      'a change of the user',
      signedIn(first),
      { ...signedIn(session('first', 'Bob')), generation: 3 },
      true,
      'USER_UPDATED',
    ],
    ['a change of role or of failing', signedIn(first), { ...signedIn(first), role: 'leader' }, true, null],
    ['a sign-out', signedIn(first), signedOut, false, 'SIGNED_OUT'],
    ['signed out as before', signedOut, { ...signedOut, role: 'leader' }, true, null],
  ])('%s', (_, before, after, sameSignIn, event) => {
    expect(eventBetween(before, after, sameSignIn)).toBe(event)
  })
})

describe('a subscriber', () => {
  const subscribe = (current: Session | null) => {
    const state = { current }
    const heard: string[] = []
    const tell = onlyNews(
      (event) => heard.push(event),
      () => state.current,
    )
    return { state, heard, tell }
  }

  test('hears of a rotation once, however often auth-js tells of it', () => {
    const { state, heard, tell } = subscribe(first)
    tell('INITIAL_SESSION', first)
    const second = session('second')
    state.current = second
    tell('TOKEN_REFRESHED', second)
    tell('TOKEN_REFRESHED', second)
    expect(heard).toEqual(['INITIAL_SESSION', 'TOKEN_REFRESHED'])
  })

  test('does not hear of tokens that newer ones have overtaken', () => {
    const { state, heard, tell } = subscribe(first)
    state.current = session('second')
    for (const event of ['TOKEN_REFRESHED', 'SIGNED_IN', 'USER_UPDATED'] as const) tell(event, first)
    expect(heard).toEqual([])
  })

  test('hears SIGNED_IN beside INITIAL_SESSION, as with auth-js alone, and then not again', () => {
    const { heard, tell } = subscribe(first)
    tell('INITIAL_SESSION', first)
    tell('SIGNED_IN', first)
    tell('SIGNED_IN', first)
    expect(heard).toEqual(['INITIAL_SESSION', 'SIGNED_IN'])
  })

  test('hears of a changed user once', () => {
    const { state, heard, tell } = subscribe(first)
    tell('SIGNED_IN', first)
    const changed = session('first', 'Bob')
    state.current = changed
    tell('USER_UPDATED', changed)
    tell('USER_UPDATED', session('first', 'Bob'))
    expect(heard).toEqual(['SIGNED_IN', 'USER_UPDATED'])
  })

  test('hears of a sign-out once, and not while there is a session', () => {
    const { state, heard, tell } = subscribe(first)
    tell('SIGNED_OUT', null)
    expect(heard).toEqual([])
    state.current = null
    tell('SIGNED_OUT', null)
    tell('SIGNED_OUT', null)
    expect(heard).toEqual(['SIGNED_OUT'])
  })

  test('hears of each of two sign-ins with a sign-out between them', () => {
    const { state, heard, tell } = subscribe(first)
    tell('SIGNED_IN', first)
    state.current = null
    tell('SIGNED_OUT', null)
    state.current = first
    tell('SIGNED_IN', first)
    expect(heard).toEqual(['SIGNED_IN', 'SIGNED_OUT', 'SIGNED_IN'])
  })

  test('hears what is not about the session as it comes', () => {
    const { heard, tell } = subscribe(first)
    tell('PASSWORD_RECOVERY', first)
    tell('MFA_CHALLENGE_VERIFIED', first)
    expect(heard).toEqual(['PASSWORD_RECOVERY', 'MFA_CHALLENGE_VERIFIED'])
  })
})
