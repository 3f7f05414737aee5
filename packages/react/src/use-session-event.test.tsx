// @vitest-environment happy-dom
import { act } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { SessionEvents } from './session-event.ts'
import { fakeCoordinator, signedIn, signedOut } from './testing/fake-coordinator.ts'
import { renderBelow } from './testing/render-below.tsx'
import { useSession } from './use-session.ts'
import { useSessionEvent } from './use-session-event.ts'

const Listener = ({ type, heard }: { type: keyof SessionEvents; heard: unknown[] }) => {
  // A new function each time, as apps write it.
  useSessionEvent(type, (state) => void heard.push(state))
  useSession()
  return null
}

const hearing = (type: keyof SessionEvents) => {
  const heard: unknown[] = []
  return { heard, ...renderBelow(<Listener type={type} heard={heard} />) }
}

test('each event is heard once, with the state that it led to', () => {
  const { coordinator, heard } = hearing('signed-out')
  act(() => coordinator.show(signedIn(1)))
  act(() => coordinator.show(signedIn(2)))
  expect(heard).toEqual([])
  act(() => coordinator.show(signedOut(3, 'signed-out-elsewhere')))
  act(() => coordinator.show(signedOut(4, 'signed-out')))
  expect(heard).toMatchObject([{ status: 'signed-out', reason: 'signed-out-elsewhere' }])
})

test('what is found at the start is no event', () => {
  const { coordinator, heard } = hearing('signed-in')
  act(() => coordinator.show(signedIn(1)))
  expect(heard).toEqual([])
})

test('what happened while the coordinator was closed is one', () => {
  const { coordinator, heard } = hearing('signed-out')
  act(() => coordinator.show(signedIn(1)))
  act(() => coordinator.show({ status: 'loading', role: 'follower', generation: 0 }))
  act(() => coordinator.show(signedOut(2, 'expired')))
  expect(heard).toMatchObject([{ reason: 'expired' }])
})

test('two events of one change are both heard', () => {
  const failure = { sinceMs: 1, attempts: 1, lastAttemptMs: 1, nextAttemptMs: 2, notBeforeMs: 0, code: '500' }
  const coordinator = fakeCoordinator()
  const [rotated, recovered]: [unknown[], unknown[]] = [[], []]
  renderBelow(
    <>
      <Listener type="rotated" heard={rotated} />
      <Listener type="refresh-recovered" heard={recovered} />
    </>,
    coordinator,
  )
  act(() => coordinator.show({ ...signedIn(1), refreshFailing: failure } as never))
  act(() => coordinator.show(signedIn(2)))
  expect([rotated, recovered]).toMatchObject([[{ generation: 2 }], [{ generation: 2 }]])
})

test('nobody listens any more after it is unmounted', async () => {
  const { coordinator, unmount } = hearing('rotated')
  expect(coordinator.listening()).toBeGreaterThan(0)
  unmount()
  // The coordinator is closed a microtask later.
  await Promise.resolve()
  expect(coordinator.listening()).toBe(0)
})
