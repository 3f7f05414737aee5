import {
  RequireSession,
  type SessionEvents,
  useAccessToken,
  useAuthFetch,
  useIdleTimeout,
  useSession,
  useSessionEvent,
  useTabs,
} from '@solotab/react'
import { type ReactNode, Suspense, useEffect } from 'react'
import { count, seen } from './notes.ts'

const Whole = () => {
  count('Whole')
  const state = useSession()
  const words =
    state.status === 'signed-in'
      ? [state.status, state.user.email, state.refreshFailing ? 'failing' : 'fine']
      : [state.status, state.status === 'signed-out' ? state.reason : '']
  const shown = words.join(' ').trim()
  useEffect(() => {
    if (seen.shown.at(-1) !== shown) seen.shown.push(shown)
  }, [shown])
  return <p id="whole">{shown}</p>
}

const UserOnly = () => {
  count('UserOnly')
  const user = useSession((state) => (state.status === 'signed-in' ? state.user : null))
  return <p id="user">{user?.email ?? 'nobody'}</p>
}

const Token = () => {
  count('Token')
  return <p id="token">{useAccessToken() ? 'token' : 'no token'}</p>
}

const Waiting = () => {
  count('Waiting')
  return <p id="suspended">waiting</p>
}

const Suspended = () => <p id="suspended">{useSession({ suspense: true }).status}</p>

const Guarded = () => {
  count('Guarded')
  return <p id="guarded">members only</p>
}

const Tabs = () => {
  const tabs = useTabs()
  const told = tabs.map(({ role, visible, self }) => [
    role,
    visible ? 'visible' : 'hidden',
    self ? 'self' : '',
  ])
  return <p id="tabs">{JSON.stringify(told)}</p>
}

const Listener = ({ type }: { type: keyof SessionEvents }) => {
  useSessionEvent(type, (state) => {
    seen.events.push({ type, reason: state.status === 'signed-out' ? state.reason : null })
  })
  return null
}

const Fetches = () => {
  const authFetch = useAuthFetch()
  useEffect(() => {
    seen.authFetch = authFetch
  }, [authFetch])
  return null
}

const MINUTE_MS = 60 * 1000

const Idle = () => {
  const idle = useIdleTimeout({
    afterMs: 60 * MINUTE_MS,
    warnMs: 10 * MINUTE_MS,
    onWarn: () => seen.idle.push('warned'),
    onIdle: () => seen.idle.push('idle'),
  })
  return (
    <button id="stay" type="button" onClick={idle.stay}>
      {idle.phase}
    </button>
  )
}

const types: readonly (keyof SessionEvents)[] = [
  'signed-in',
  'signed-out',
  'rotated',
  'refresh-failed',
  'refresh-recovered',
]

/** One component of each kind. */
export const Components = ({ suspense }: { suspense: boolean }): ReactNode => (
  <>
    <Whole />
    <UserOnly />
    <Token />
    {suspense && (
      <Suspense fallback={<Waiting />}>
        <Suspended />
      </Suspense>
    )}
    <RequireSession fallback={<p id="guarded">sign in</p>}>
      <Guarded />
    </RequireSession>
    <Tabs />
    {types.map((type) => (
      <Listener key={type} type={type} />
    ))}
    <Fetches />
    <Idle />
  </>
)
