import { count, number, pick, text } from '../message.ts'

/** What tabs tell each other of activity. */
export type IdleMessageBody =
  /** Somebody was there at `atMs`, in milliseconds since the epoch. */
  | { readonly type: 'activity'; readonly atMs: number }
  /** It is time: look at the clock. Timers of hidden tabs are late. */
  | { readonly type: 'due' }

/** Reads a message from the channel; null if it is none, or another build's. */
export const parseIdleMessage = (raw: unknown): IdleMessageBody | null => {
  const head = pick<{ v: number; type: string }>(raw, { v: count, type: text })
  if (head?.v !== 1) return null
  if (head.type === 'due') return { type: 'due' }
  if (head.type !== 'activity') return null
  const body = pick<{ atMs: number }>(raw, { atMs: number })
  return body && { type: 'activity', ...body }
}
