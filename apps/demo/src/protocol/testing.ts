import type { PaneReport } from './messages.ts'

/** What a stock pane reports while Ada is signed in there, changed as given. */
export const reportOf = (changes: Partial<PaneReport> = {}): PaneReport => ({
  pane: 'stock-1',
  load: 'a',
  side: 'stock',
  isRealTab: false,
  status: 'signed-in',
  reason: null,
  email: 'ada@example.com',
  role: null,
  generation: null,
  issuedAtMs: 0,
  isFailing: false,
  isFrozen: false,
  ...changes,
})
