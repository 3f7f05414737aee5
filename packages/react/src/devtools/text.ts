import type { Diagnostic } from '@solotab/core'
import type { LockSummary } from '@solotab/core/inspect'

/** Enough of a tab's id to tell tabs apart. */
export const shortId = (id: string): string => id.slice(0, 6)

/** `1:05:09` or `5:09`. */
export const durationText = (ms: number): string => {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] ? parts : parts.slice(1)
  return shown.map((part, index) => (index ? String(part).padStart(2, '0') : String(part))).join(':')
}

/** What an event says beside its type and time. */
export const detailsOf = (event: Diagnostic): string =>
  Object.entries(event)
    .filter(
      ([member, value]) => !['type', 'atMs', 'tab'].includes(member) && value !== null && value !== false,
    )
    .map(([member, value]) =>
      member === 'durationMs' ? `${Math.round(Number(value))} ms` : `${member} ${value}`,
    )
    .join(', ')

/** Does an event match what somebody typed? All words have to be in it. */
export const matches = (event: Diagnostic, filter: string): boolean => {
  const text = `${event.type} ${detailsOf(event)}`.toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** One lock, by all who have to do with it. */
export interface LockRow {
  readonly name: string
  readonly holders: readonly (string | null)[]
  readonly waiting: readonly (string | null)[]
}

/** A row for each lock, leadership and grants before what says that a tab is there. */
export const lockRows = (locks: readonly LockSummary[]): LockRow[] => {
  const names = [...new Set(locks.map(({ name }) => name))]
  const isPresence = (name: string) => Number(name.startsWith('tab:'))
  const tabsOf = (name: string, state: LockSummary['state']) =>
    locks.filter((lock) => lock.name === name && lock.state === state).map(({ tab }) => tab)
  return names
    .sort((one, other) => isPresence(one) - isPresence(other))
    .map((name) => ({ name, holders: tabsOf(name, 'held'), waiting: tabsOf(name, 'waiting') }))
}

/** A lock's name as a person reads it: `leader`, `grant`, `tab 1a2b3c`. */
export const lockText = (name: string): string => {
  const [kind = '', id = ''] = name.split(':')
  return id ? `${kind} ${shortId(id)}` : kind
}
