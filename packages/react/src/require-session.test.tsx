// @vitest-environment happy-dom
import { act } from '@testing-library/react'
import { expect, test } from 'vitest'
import { RequireSession } from './require-session.ts'
import { signedIn, signedOut } from './testing/fake-coordinator.ts'
import { renderBelow } from './testing/render-below.tsx'

test('shows the fallback to nobody but the signed-out, and nothing while it is not known', () => {
  const { coordinator, container } = renderBelow(<RequireSession fallback="sign in">children</RequireSession>)
  const seen = [container.textContent]
  for (const snapshot of [signedOut(1, 'no-session'), signedIn(2), signedOut(3, 'expired')]) {
    act(() => coordinator.show(snapshot))
    seen.push(container.textContent)
  }
  expect(seen).toEqual(['', 'sign in', 'children', 'sign in'])
})

test('shows what is given for loading', () => {
  const { container } = renderBelow(<RequireSession loading="one moment">children</RequireSession>)
  expect(container.textContent).toBe('one moment')
})
