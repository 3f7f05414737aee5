import type { InitialSession } from '@solotab/react'
import { renderToString } from 'react-dom/server'
import { makeClient } from './client.ts'
import { Page } from './page.tsx'

/**
 * Renders the page as a server does.
 * @public For `src/react-app.ts`, which imports what it has built.
 */
export const render = (serverUrl: string, initialSession: InitialSession | undefined): string =>
  renderToString(
    <Page
      coordinator={makeClient(serverUrl).coordinator}
      initialSession={initialSession}
      serverUrl={serverUrl}
      suspense={false}
    />,
  )
