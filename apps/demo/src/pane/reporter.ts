import type { Line } from '../protocol/channel.ts'
import type { FromLab, FromPane, PaneNote } from '../protocol/messages.ts'
import type { PaneSession } from './pane-session.ts'
import type { Place } from './place.ts'

/** Tells the lab what becomes of this pane. */
export interface Reporter {
  /** The session as it is now. */
  tell(session: PaneSession): void
  note(note: PaneNote): void
  /** Says everything again, as when the pane was frozen or the lab asks. */
  report(): void
}

export function createReporter(
  { side, pane, load, isRealTab }: Place,
  line: Line<FromPane, FromLab>,
  isFrozen: () => boolean,
): Reporter {
  let known: PaneSession | null = null
  const reporter: Reporter = {
    tell(session) {
      for (const note of notesOn(known, session)) reporter.note(note)
      known = session
      reporter.report()
    },
    note: (note) => line.post({ type: 'note', pane, side, note }),
    report() {
      if (!known) return
      const report = { ...known, pane, load, side, isRealTab, isFrozen: isFrozen() }
      line.post({ type: 'report', report })
    },
  }
  return reporter
}

/** What is worth a mark in the change from one state to the next. */
export function notesOn(before: PaneSession | null, now: PaneSession): PaneNote[] {
  const notes: PaneNote[] = []
  if (now.role === 'leader' && before?.role !== 'leader') notes.push({ kind: 'leader', text: 'leads' })
  if (now.status === 'signed-in' && (before?.status !== 'signed-in' || before.email !== now.email)) {
    notes.push({ kind: 'signed-in', text: `signed in as ${now.email}` })
  }
  if (now.status === 'signed-out' && before?.status === 'signed-in') {
    notes.push({ kind: 'signed-out', text: now.reason ? `signed out: ${now.reason}` : 'signed out' })
  }
  return notes
}
