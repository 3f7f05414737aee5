import type { MarkKind } from '../bench/mark.ts'

/** What a mark looks like: its outline around 0,0, and whether it is filled. Each kind has a shape of its own. */
export interface Shape {
  readonly path: string
  readonly isFilled: boolean
  /** Colour, as a class of the style sheet. */
  readonly tone: 'good' | 'warn' | 'bad' | 'accent' | 'quiet'
}

const CIRCLE = 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z'

export const SHAPES: Readonly<Record<MarkKind, Shape>> = {
  rotated: { path: CIRCLE, isFilled: true, tone: 'good' },
  'answered-again': { path: 'M0-6.5L6.5 0L0 6.5L-6.5 0z', isFilled: true, tone: 'warn' },
  refused: { path: 'M-4.5-4.5L4.5 4.5M4.5-4.5L-4.5 4.5', isFilled: false, tone: 'bad' },
  'rate-limited': { path: 'M0-6L6 5H-6z', isFilled: true, tone: 'bad' },
  failed: { path: CIRCLE, isFilled: false, tone: 'bad' },
  message: { path: 'M0-3V3', isFilled: false, tone: 'quiet' },
  leader: { path: 'M-5-7L6-2.5L-3 1.5V7H-5z', isFilled: true, tone: 'accent' },
  'signed-in': { path: 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z', isFilled: false, tone: 'accent' },
  'signed-out': { path: 'M-4.5-4.5H4.5V4.5H-4.5z', isFilled: true, tone: 'bad' },
  opened: { path: 'M-3 0H3M0-3V3', isFilled: false, tone: 'accent' },
  closed: { path: 'M-2-6V6M2-6V6', isFilled: false, tone: 'quiet' },
  frozen: { path: 'M0-5V5M-4.3-2.5L4.3 2.5M-4.3 2.5L4.3-2.5', isFilled: false, tone: 'accent' },
  thawed: { path: 'M-3-5L5 0L-3 5z', isFilled: false, tone: 'accent' },
  offline: { path: 'M0-6V6', isFilled: false, tone: 'quiet' },
  online: { path: 'M0-6V6', isFilled: false, tone: 'quiet' },
  'time-passed': { path: 'M0-6V6', isFilled: false, tone: 'quiet' },
}

/** The legend, in the order in which people need it: the first of these kinds is shown. */
export const LEGEND: readonly { readonly kinds: readonly MarkKind[]; readonly words: string }[] = [
  { kinds: ['rotated'], words: 'grant: rotated' },
  { kinds: ['answered-again'], words: 'grant: answered again' },
  { kinds: ['refused'], words: 'grant: refused' },
  { kinds: ['rate-limited'], words: 'grant: 429' },
  { kinds: ['failed'], words: 'grant: failed' },
  { kinds: ['signed-in'], words: 'signed in' },
  { kinds: ['signed-out'], words: 'signed out' },
  { kinds: ['message'], words: 'message to other tabs' },
  { kinds: ['opened'], words: 'opened' },
  { kinds: ['closed'], words: 'closed' },
  { kinds: ['frozen'], words: 'frozen' },
  { kinds: ['thawed'], words: 'woken' },
  { kinds: ['leader'], words: 'leads from here' },
  { kinds: ['time-passed', 'offline', 'online'], words: 'all tabs: +1 h, offline, online' },
]
