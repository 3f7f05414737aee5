import { type SessionState, useSession, useTabs } from '@solotab/react'
import { type ReactNode, useState } from 'react'
import { Problem } from '../problem.tsx'
import { Countdown } from './countdown.tsx'
import { END_MESSAGES, IDLE_MESSAGE } from './end-message.ts'
import { idleEnd } from './idle-end.ts'

type SignedIn = Extract<SessionState, { status: 'signed-in' }>

/** How the session is, in one place that is always there: nothing moves when something happens to it. */
export function SessionStatus() {
  const auth = useSession()
  switch (auth.status) {
    case 'loading':
      return <Banner tone="info" title="Looking for your session …" />
    case 'signed-out': {
      const wasIdle = auth.reason.startsWith('signed-out') && idleEnd.isSet()
      return <Banner {...(wasIdle ? IDLE_MESSAGE : END_MESSAGES[auth.reason])} />
    }
    case 'signed-in':
      return auth.refreshFailing ? (
        <Failing auth={auth} failure={auth.refreshFailing} />
      ) : (
        <Fine auth={auth} />
      )
  }
}

function Fine({ auth }: { auth: SignedIn }) {
  const count = useTabs().length
  const refresher = auth.role === 'leader' ? 'This one' : 'Another one'
  return (
    <Banner tone="good" title="You are signed in.">
      {count > 1
        ? `Open in ${count} tabs. ${refresher} refreshes the session for all.`
        : 'Open in this tab alone.'}
    </Banner>
  )
}

interface FailingProps {
  readonly auth: SignedIn
  readonly failure: NonNullable<SignedIn['refreshFailing']>
}

function Failing({ auth, failure }: FailingProps) {
  const [problem, setProblem] = useState<string | null>(null)
  const tryNow = () => {
    setProblem(null)
    auth.refresh().catch(() => setProblem('It still fails.'))
  }
  return (
    <Banner
      tone="warn"
      title="The session cannot be refreshed now."
      advice={`You stay signed in, and what you type is kept. Cause: ${failure.code}.`}
    >
      <button className="button compact" type="button" onClick={tryNow}>
        Try now
      </button>{' '}
      Next attempt <Countdown untilMs={failure.nextAttemptMs} /> <Problem text={problem} />
    </Banner>
  )
}

interface BannerProps {
  readonly tone: 'good' | 'info' | 'warn' | 'bad'
  /** Title and advice are read to those who cannot see them; the rest, which changes often, is not. */
  readonly title: string
  readonly advice?: string
  readonly children?: ReactNode
}

function Banner({ tone, title, advice, children }: BannerProps) {
  return (
    <section className="banner" data-tone={tone} aria-label="Session">
      <p role="status">
        <strong>{title}</strong> {advice}
      </p>
      <p>{children}</p>
    </section>
  )
}
