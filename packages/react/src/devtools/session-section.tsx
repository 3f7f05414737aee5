import type { Session, Snapshot } from '@solotab/core'
import type { ReactElement } from 'react'
import { Facts } from './facts.tsx'
import { Section } from './section.tsx'
import { durationText } from './text.ts'
import { useNow } from './use-now.ts'

/** Below this part of its life the token is about to be replaced. */
const LOW_SHARE = 0.15

const ExpiryBar = ({ session }: { readonly session: Session }): ReactElement => {
  const lifetimeMs = (session.expires_in ?? 0) * 1000
  const leftMs = (session.expires_at ?? 0) * 1000 - useNow()
  const isLow = leftMs < lifetimeMs * LOW_SHARE
  return (
    <div className="expiry">
      <div
        className={isLow ? 'bar low' : 'bar'}
        role="progressbar"
        aria-label="Life of the access token"
        aria-valuemin={0}
        aria-valuemax={Math.max(1, Math.round(lifetimeMs / 1000))}
        aria-valuenow={Math.max(0, Math.round(leftMs / 1000))}
        aria-valuetext={leftMs > 0 ? `${durationText(leftMs)} left` : 'expired'}
      >
        <div style={{ width: `${Math.min(100, Math.max(0, (100 * leftMs) / Math.max(1, lifetimeMs)))}%` }} />
      </div>
      <span>{leftMs > 0 ? `expires in ${durationText(leftMs)}` : `expired ${durationText(leftMs)} ago`}</span>
    </div>
  )
}

/** What this tab knows of the session. */
export const SessionSection = ({ snapshot }: { readonly snapshot: Snapshot<Session> }): ReactElement => {
  const failing = snapshot.status === 'signed-in' ? snapshot.refreshFailing : null
  return (
    <Section title="Session" note={`generation ${snapshot.generation}`}>
      {snapshot.status === 'signed-in' && <ExpiryBar session={snapshot.session} />}
      <Facts
        of={{
          status: snapshot.status,
          reason: snapshot.status === 'signed-out' ? snapshot.reason : null,
          'this tab': snapshot.role,
          'refresh failing': failing && `${failing.code}, attempt ${failing.attempts}`,
        }}
      />
    </Section>
  )
}
