// @vitest-environment happy-dom
import { render } from '@testing-library/react'
import { Component, type ReactNode, StrictMode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SessionProvider } from './session-provider.ts'
import { fakeCoordinator } from './testing/fake-coordinator.ts'
import { useSession } from './use-session.ts'

beforeEach(() => {
  // React tells of errors that a boundary has caught.
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

class Boundary extends Component<{ children: ReactNode; onError: (error: unknown) => void }> {
  override state = { failed: false }
  static getDerivedStateFromError() {
    return { failed: true }
  }
  override componentDidCatch(error: unknown) {
    this.props.onError(error)
  }
  override render() {
    return this.state.failed ? 'failed' : this.props.children
  }
}

const errorOf = (children: ReactNode) => {
  const errors: unknown[] = []
  const view = render(<Boundary onError={(error) => errors.push(error)}>{children}</Boundary>)
  view.unmount()
  return errors[0]
}

const settle = () => new Promise((resolve) => queueMicrotask(() => resolve(null)))

const Stops = () => {
  throw new Error('stop')
}

const Session = () => useSession((state) => state.status)

test('starts the coordinator when it is mounted and closes it when it is unmounted', async () => {
  const coordinator = fakeCoordinator()
  const view = render(<SessionProvider coordinator={coordinator}>{<Session />}</SessionProvider>)
  expect(coordinator.calls).toEqual(['start'])
  view.unmount()
  await settle()
  expect(coordinator.calls).toEqual(['start', 'close'])
  expect(coordinator.listening()).toBe(0)
})

test('nothing starts while it is rendered', () => {
  const coordinator = fakeCoordinator()
  errorOf(
    <SessionProvider coordinator={coordinator}>
      <Stops />
    </SessionProvider>,
  )
  expect(coordinator.calls).toEqual([])
})

test('StrictMode mounts twice, and the coordinator never stops', async () => {
  const coordinator = fakeCoordinator()
  const view = render(
    <StrictMode>
      <SessionProvider coordinator={coordinator} />
    </StrictMode>,
  )
  await settle()
  expect(coordinator.calls).toEqual(['start'])
  view.unmount()
  await settle()
  expect(coordinator.calls).toEqual(['start', 'close'])
})

test('a new key mounts it anew, and the coordinator never stops', async () => {
  const coordinator = fakeCoordinator()
  const view = render(<SessionProvider key="a" coordinator={coordinator} />)
  view.rerender(<SessionProvider key="b" coordinator={coordinator} />)
  await settle()
  expect(coordinator.calls).toEqual(['start'])
})

test('it is started again when it is mounted again', async () => {
  const coordinator = fakeCoordinator()
  for (let time = 0; time < 3; time++) {
    render(<SessionProvider coordinator={coordinator} />).unmount()
    await settle()
  }
  expect(coordinator.calls).toEqual(['start', 'close', 'start', 'close', 'start', 'close'])
})

test('another coordinator of the same name takes over in one render, as after a hot reload', async () => {
  const [one, other] = [fakeCoordinator('hot'), fakeCoordinator('hot')]
  const view = render(<SessionProvider coordinator={one} />)
  view.rerender(<SessionProvider coordinator={other} />)
  await settle()
  expect([one.calls, other.calls]).toEqual([['start', 'close'], ['start']])
  view.rerender(<SessionProvider coordinator={one} />)
  await settle()
  expect([one.calls, other.calls]).toEqual([
    ['start', 'close', 'start'],
    ['start', 'close'],
  ])
})

test('back and forth between two coordinators of one name in one task, the one that is mounted runs', async () => {
  const [one, other] = [fakeCoordinator('back'), fakeCoordinator('back')]
  const view = render(<SessionProvider coordinator={one} />)
  view.rerender(<SessionProvider coordinator={other} />)
  view.rerender(<SessionProvider coordinator={one} />)
  await settle()
  expect([one.calls, other.calls]).toEqual([
    ['start', 'close', 'start'],
    ['start', 'close'],
  ])
})

test('two providers, as in two roots of one page, may share a coordinator: the last one closes it', async () => {
  const coordinator = fakeCoordinator()
  const [one, other] = [0, 1].map(() => render(<SessionProvider coordinator={coordinator} />))
  one?.unmount()
  await settle()
  expect(coordinator.calls).toEqual(['start'])
  other?.unmount()
  await settle()
  expect(coordinator.calls).toEqual(['start', 'close'])
})

test('two coordinators with one name are an error that says what to do', async () => {
  const error = errorOf(
    <>
      <SessionProvider coordinator={fakeCoordinator('twice')} />
      <SessionProvider coordinator={fakeCoordinator('twice')} />
    </>,
  )
  expect(error).toMatchObject({ name: 'SessionError', code: 'name_in_use' })
  expect(String(error)).toContain('create one, outside of components')
})

test('a hook without a provider is an error that says what to do', () => {
  const error = errorOf(<Session />)
  expect(error).toMatchObject({ name: 'SessionError', code: 'provider_missing' })
  expect(String(error)).toContain('<SessionProvider coordinator={coordinator}>')
})
