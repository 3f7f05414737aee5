import { type ReactElement, useState } from 'react'
import { timeOfDay } from './adapters/clock.ts'
import type { EventLog, LoggedEvent } from './event-log.ts'
import { Section } from './section.tsx'
import { detailsOf, matches } from './text.ts'

/** What this tab's coordinator has told, newest first. */
export const EventsSection = ({
  log,
  events,
}: {
  readonly log: EventLog
  readonly events: readonly LoggedEvent[]
}): ReactElement => {
  const [filter, setFilter] = useState('')
  const shown = events.filter(({ event }) => matches(event, filter))
  return (
    <Section title="Events of this tab" note={`${shown.length} of ${events.length}`}>
      <div className="tools">
        <input
          type="search"
          aria-label="Filter events"
          placeholder="Filter, such as: grant rotated"
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
        <button type="button" onClick={log.clear}>
          Clear
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys can scroll only what has the focus. */}
      <ol className="events" tabIndex={0} aria-label="Events">
        {shown.map(({ number, event }) => (
          <li key={number}>
            <time>{timeOfDay(event.atMs)}</time>
            <b>{event.type}</b>
            <span>{detailsOf(event)}</span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
