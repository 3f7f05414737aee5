import { type InitialSession, SessionProvider, type SessionProviderProps } from '@solotab/react'
import { type ReactNode, StrictMode } from 'react'
import { Components } from './components.tsx'

interface PageProps {
  readonly coordinator: SessionProviderProps['coordinator']
  readonly initialSession: InitialSession | undefined
  readonly serverUrl: string
  readonly suspense: boolean
}

/** What the server renders and the browser hydrates, or renders. */
export const Page = ({ coordinator, initialSession, serverUrl, suspense }: PageProps): ReactNode => (
  <StrictMode>
    <SessionProvider
      coordinator={coordinator}
      initialSession={initialSession}
      origins={[new URL(serverUrl).origin]}
    >
      <Components suspense={suspense} />
    </SessionProvider>
  </StrictMode>
)
