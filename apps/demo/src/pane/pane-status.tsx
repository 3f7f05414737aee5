import { useEffect, useState } from 'react'
import { ageText } from './age.ts'
import type { PaneSession } from './pane-session.ts'
import { nameOf } from './place.ts'

/** A pane's status line: who is signed in, its role, generation, and how old its access token is. */
export function PaneStatus({ name, session }: { name: string; session: PaneSession }) {
  const { status, reason, email, role, generation } = session
  return (
    <div className="pane" data-status={status} data-failing={session.isFailing || undefined}>
      <h1 className="pane-name">
        <span className="pane-dot" aria-hidden="true" />
        {nameOf(name)}
        {role === 'leader' && <span className="pane-role">leader</span>}
      </h1>
      <p className="pane-line">
        {wordsFor(status, reason, email)}
        {generation !== null && (
          <span
            className="pane-generation soft"
            title="Generation: the number of the session’s state. Each change of the session makes the next one."
          >
            gen {generation}
          </span>
        )}
      </p>
      {session.issuedAtMs !== null && (
        <p className="pane-line soft">
          <Age sinceMs={session.issuedAtMs} />
        </p>
      )}
    </div>
  )
}

function wordsFor(status: PaneSession['status'], reason: string | null, email: string | null): string {
  if (status === 'loading') return 'starting'
  if (status === 'signed-in') return email?.split('@')[0] ?? 'signed in'
  return reason ?? 'signed out'
}

function Age({ sinceMs }: { sinceMs: number }) {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return <span>token {ageText(nowMs - sinceMs)} old</span>
}
