import type { Coordinator } from '@solotab/core'
import { createCoordinatedClient } from '@solotab/core/supabase'
import { SessionProvider, useSession } from '@solotab/react'
import { SolotabDevtools, type SolotabDevtoolsProps } from '@solotab/react/devtools'
import type { Session, SupabaseClient } from '@supabase/supabase-js'
import { Fragment, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

declare global {
  var devtoolsApp: {
    readonly supabase: SupabaseClient
    readonly coordinator: Coordinator<Session>
    unmount(): void
  }
}

const query = new URLSearchParams(location.search)
const { supabase, coordinator } = createCoordinatedClient(query.get('server') ?? '', 'anon')

const App = () => {
  const { status } = useSession()
  return (
    <>
      <h1>An app</h1>
      <p>
        It is <b>{status}</b>.
      </p>
      <button type="button">A button of the app</button>
    </>
  )
}

const Mode = query.has('strict') ? StrictMode : Fragment
const position = query.get('position') as SolotabDevtoolsProps['position']
const root = createRoot(document.querySelector('#app') ?? document.body)
root.render(
  <Mode>
    <SessionProvider coordinator={coordinator}>
      <App />
      <SolotabDevtools {...(position && { position })} initialIsOpen={query.has('open')} />
    </SessionProvider>
  </Mode>,
)
globalThis.devtoolsApp = { supabase, coordinator, unmount: () => root.unmount() }
