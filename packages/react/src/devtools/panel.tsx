import type { Coordinator } from '@solotab/core'
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useSyncExternalStore } from 'react'
import { tabsOf } from '../running.ts'
import { Actions } from './actions.tsx'
import type { EventLog } from './event-log.ts'
import { EventsSection } from './events-section.tsx'
import { LocksSection } from './locks-section.tsx'
import { RecordSection } from './record-section.tsx'
import { SessionSection } from './session-section.tsx'
import { TabsSection } from './tabs-section.tsx'
import { useInspection } from './use-inspection.ts'

/** The open panel. What it watches, it watches only while it is open. */
export const Panel = ({
  coordinator,
  log,
  takesFocus,
  onClose,
}: {
  readonly coordinator: Coordinator
  readonly log: EventLog
  /** Somebody has just opened it, and goes on in it. */
  readonly takesFocus: boolean
  readonly onClose: () => void
}): ReactElement => {
  const snapshot = useSyncExternalStore(coordinator.subscribe, coordinator.getSnapshot)
  const list = tabsOf(coordinator)
  const tabs = useSyncExternalStore(list.subscribe, list.getSnapshot)
  const events = useSyncExternalStore(log.subscribe, log.getSnapshot)
  const { inspector, seen } = useInspection(coordinator, [snapshot, tabs, events])
  const close = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it is opened.
  useEffect(() => {
    if (takesFocus) close.current?.focus()
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    // The app may close something of its own on Escape.
    event.stopPropagation()
    onClose()
  }
  return (
    <section className="panel" aria-label="Solotab devtools" onKeyDown={onKeyDown}>
      <header>
        <h2>Solotab</h2>
        <code>{coordinator.name}</code>
        <button
          ref={close}
          type="button"
          className="close"
          aria-label="Close Solotab devtools"
          onClick={onClose}
        >
          ×
        </button>
      </header>
      <div className="body">
        <Actions
          coordinator={coordinator}
          inspector={inspector}
          isSignedIn={snapshot.status === 'signed-in'}
          leads={snapshot.role === 'leader'}
        />
        <SessionSection snapshot={snapshot} />
        <TabsSection tabs={tabs} />
        {seen && <LocksSection locks={seen.locks} />}
        {seen && <RecordSection record={seen.record} />}
        <EventsSection log={log} events={events} />
      </div>
    </section>
  )
}
