import { type ReactNode, useState } from 'react'
import type { Command } from '../protocol/messages.ts'
import { SIDE_NAMES, type Side } from '../protocol/side.ts'
import { ADA } from '../scenarios/users.ts'
import { isHosted } from '../server/project.ts'
import { act } from './actions.ts'
import type { Client } from './client.ts'
import type { PaneSession } from './pane-session.ts'

interface Props {
  readonly side: Side
  readonly client: Client
  readonly session: PaneSession
  readonly children: ReactNode
}

/** The same pane with a browser tab to itself: what the lab orders, a person can do here. */
export function RealTab({ side, client, session, children }: Props) {
  const [said, setSaid] = useState('')
  const button = (text: string, done: string, command: Command) => (
    <button
      type="button"
      className="button"
      onClick={async () => {
        setSaid('…')
        setSaid((await act(client.supabase, command)) ?? done)
      }}
    >
      {text}
    </button>
  )
  return (
    <main className="real-tab">
      <header className="real-tab-header">
        <a href="./">Solotab lab</a>
        <span>supabase-js {side === 'stock' ? 'alone' : SIDE_NAMES.solotab}</span>
      </header>
      {children}
      <div className="real-tab-buttons">
        {session.status === 'signed-in' && (
          <>
            {button('Load data', 'Loaded.', { do: 'load' })}
            {button('Refresh the session', 'Refreshed.', { do: 'refresh' })}
            {button('Sign out', 'Signed out.', { do: 'sign-out' })}
          </>
        )}
        {session.status === 'signed-out' &&
          !isHosted(import.meta.env) &&
          button('Sign in as Ada', 'Signed in.', { do: 'sign-in', ...ADA })}
      </div>
      <p role="status">{said}</p>
    </main>
  )
}
