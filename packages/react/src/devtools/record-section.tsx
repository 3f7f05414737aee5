import type { RecordSummary } from '@solotab/core/inspect'
import type { ReactElement } from 'react'
import { timeOfDay } from './adapters/clock.ts'
import { Facts } from './facts.tsx'
import { Section } from './section.tsx'
import { shortId } from './text.ts'

const factsOf = ({ session, endReason, intent, failure, generation }: RecordSummary) => ({
  generation,
  'end reason': endReason,
  handle: session?.handle ?? null,
  granted: session && timeOfDay(session.grantedAtMs),
  expires: session && timeOfDay(session.expiresAtMs),
  rotation: session && `generation ${session.rotation}`,
  intent: intent ? `${shortId(intent.id)}, until ${timeOfDay(intent.deadlineMs)}` : 'none',
  failure: failure && `${failure.code}, next attempt ${timeOfDay(failure.nextAttemptMs)}`,
})

/** What is stored for all tabs, without its secrets. */
export const RecordSection = ({ record }: { readonly record: RecordSummary | null }): ReactElement => (
  <Section title="Record" note="no secrets">
    {record ? <Facts of={factsOf(record)} /> : <p>It cannot be read in this tab.</p>}
  </Section>
)
