import { RequireSession, useSessionEvent } from '@solotab/react'
import { useQueryClient } from '@tanstack/react-query'
import { server } from './client.ts'
import { Composer } from './list/composer.tsx'
import { NoteList } from './list/note-list.tsx'
import { Account } from './session/account.tsx'
import { idleEnd } from './session/idle-end.ts'
import { IdleGuard } from './session/idle-guard.tsx'
import { SessionStatus } from './session/session-status.tsx'
import { SignIn } from './session/sign-in.tsx'
import { useLastUser } from './session/use-last-user.ts'
import { TryIt } from './trials/try-it.tsx'

/** The whole page. */
export function App() {
  const user = useLastUser()
  const client = useQueryClient()
  // Nothing that a user has read stays behind.
  useSessionEvent('signed-out', () => client.removeQueries())
  useSessionEvent('signed-in', idleEnd.forget)

  return (
    <>
      <header className="top">
        <h1>Notes</h1>
        <a href="./">Solotab lab</a>
        <div className="account">
          <RequireSession>{user && <Account user={user} />}</RequireSession>
        </div>
      </header>
      <main className="columns">
        <SessionStatus />
        <div className="column">
          {user && <Composer key={user.id} user={user} />}
          <RequireSession
            fallback={<SignIn lastEmail={user?.email} />}
            loading={<div className="card room" />}
          >
            {user && <NoteList key={user.id} user={user} />}
            <IdleGuard />
          </RequireSession>
        </div>
        {server.hasControl && (
          <aside aria-label="What can happen">
            <TryIt email={user?.email} />
          </aside>
        )}
      </main>
    </>
  )
}
