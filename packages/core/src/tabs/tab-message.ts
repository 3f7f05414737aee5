import { count, pick, text } from '../message.ts'
import type { Presence } from './tab.ts'

/** What tabs tell each other about themselves. */
export type TabMessageBody =
  /** The list of locks has changed in a way that shows in no lock's release: look at it. */
  | { readonly type: 'changed' }
  /** Without Web Locks: I am here, and so. */
  | ({ readonly type: 'here' } & Omit<Presence, 'id'>)
  /** Without Web Locks: I am leaving. */
  | { readonly type: 'gone' }
  /** Without Web Locks: who is here? */
  | { readonly type: 'who' }

export type TabMessage = TabMessageBody & { readonly v: 1; readonly from: string }

const isVisible = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)

const isRole = (value: unknown): Presence['role'] | undefined =>
  value === 'leader' || value === 'follower' ? value : undefined

/** Reads a message from the channel; null if it is none, or another build's. */
export const parseTabMessage = (raw: unknown): TabMessage | null => {
  const head = pick<{ v: number; from: string; type: string }>(raw, { v: count, from: text, type: text })
  if (head?.v !== 1) return null
  const { type, from } = head
  if (type === 'changed' || type === 'gone' || type === 'who') return { v: 1, from, type }
  if (type !== 'here') return null
  const how = pick<Omit<Presence, 'id'>>(raw, { role: isRole, visible: isVisible })
  return how && { v: 1, from, type, ...how }
}
