// @vitest-environment happy-dom
import { act, render } from '@testing-library/react'
import { StrictMode, Suspense } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SessionProvider } from './session-provider.ts'
import { fakeCoordinator, signedIn } from './testing/fake-coordinator.ts'
import { useSession } from './use-session.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const Status = () => {
  const { status } = useSession({ suspense: true })
  return status
}

test('waits for loading to end with the <Suspense> inside of the provider', async () => {
  const coordinator = fakeCoordinator()
  const { container } = render(
    <StrictMode>
      <SessionProvider coordinator={coordinator}>
        <Suspense fallback="waiting">
          <Status />
        </Suspense>
      </SessionProvider>
    </StrictMode>,
  )
  expect(container.textContent).toBe('waiting')
  await act(async () => coordinator.show(signedIn(1)))
  expect(container.textContent).toBe('signed-in')
})

test('waits for loading to end with the <Suspense> around the provider, which is not mounted before', async () => {
  const coordinator = fakeCoordinator()
  const { container, unmount } = render(
    <Suspense fallback="waiting">
      <SessionProvider coordinator={coordinator}>
        <Status />
      </SessionProvider>
    </Suspense>,
  )
  expect(container.textContent).toBe('waiting')
  expect(coordinator.calls).toEqual(['start'])
  await act(async () => coordinator.show(signedIn(1)))
  expect(container.textContent).toBe('signed-in')
  await act(() => vi.runAllTimersAsync())
  expect(coordinator.calls).toEqual(['start'])
  unmount()
  await act(() => vi.runAllTimersAsync())
  expect(coordinator.calls).toEqual(['start', 'close'])
})

test('a tree that is given up while it waits leaves nothing running', async () => {
  const coordinator = fakeCoordinator()
  const { unmount } = render(
    <Suspense fallback="waiting">
      <SessionProvider coordinator={coordinator}>
        <Status />
      </SessionProvider>
    </Suspense>,
  )
  unmount()
  await act(async () => coordinator.show(signedIn(1)))
  await act(() => vi.runAllTimersAsync())
  expect(coordinator.calls).toEqual(['start', 'close'])
  expect(coordinator.listening()).toBe(0)
})
