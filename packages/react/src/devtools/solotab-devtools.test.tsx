import { createCoordinator } from '@solotab/core'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { SessionProvider } from '../index.ts'
import { SolotabDevtools } from './index.ts'

// There is no browser here: what touches one fails. What is to be seen is tested in one.
const coordinator = createCoordinator({ name: 'server', refresh: () => Promise.reject(new Error('never')) })

test('on a server nothing is rendered', () => {
  const html = renderToString(
    <SessionProvider coordinator={coordinator}>
      <SolotabDevtools initialIsOpen />
    </SessionProvider>,
  )
  expect(html).toBe('')
})

test('without a provider the error says what to do', () => {
  expect(() => renderToString(<SolotabDevtools />)).toThrow(
    expect.objectContaining({
      code: 'provider_missing',
      message: expect.stringContaining('<SessionProvider'),
    }),
  )
})
