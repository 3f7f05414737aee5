import { type RenderResult, render } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { SessionProvider } from '../session-provider.ts'
import { type FakeCoordinator, fakeCoordinator } from './fake-coordinator.ts'

/** Renders below a provider, under StrictMode, as apps do. */
export const renderBelow = (
  children: ReactNode,
  coordinator = fakeCoordinator(),
): RenderResult & { coordinator: FakeCoordinator } => ({
  coordinator,
  ...render(
    <StrictMode>
      <SessionProvider coordinator={coordinator}>{children}</SessionProvider>
    </StrictMode>,
  ),
})
