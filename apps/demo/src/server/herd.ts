import type { GrantEntry } from '@solotab/auth-server'
import type { Sentence } from '../state.ts'
import { isRefresh } from './grants.ts'

/** An access token was expired for all tabs. */
export interface Expiry {
  readonly atMs: number
  /** The last grant before it. */
  readonly afterId: number
  /** The tabs that were open. */
  readonly tabs: number
}

const COUNTED_MS = 5 * 1000 // what comes later has another cause

/** Do grants of now still belong to it? */
export const isRecent = (expiry: Expiry, nowMs: number): boolean => nowMs <= expiry.atMs + COUNTED_MS

/** The refreshes that one expiry has caused. */
function grantsOf(expiry: Expiry, grants: readonly GrantEntry[]): readonly GrantEntry[] {
  return grants.filter(
    (grant) => isRefresh(grant) && grant.id > expiry.afterId && isRecent(expiry, grant.atMs),
  )
}

/** One expiry in a sentence; null before the first grant. */
export function describeExpiry(expiry: Expiry, grants: readonly GrantEntry[]): Sentence | null {
  const herd = grantsOf(expiry, grants)
  if (herd.length === 0) return null
  const parts = [
    count(herd, 'rotated', 'rotated'),
    count(herd, 'answered-again', 'answered again'),
    count(herd, 'refused', 'refused'),
    count(herd, 'rate-limited', 'rate limited (429)'),
    count(herd, 'failed', 'failed'),
  ].filter((part) => part !== null)
  const tabs = expiry.tabs === 1 ? '1 open tab' : `${expiry.tabs} open tabs`
  const subject = herd.length === 1 ? '1 grant' : `${herd.length} grants`
  const text = `${subject} reached the server for one expiry, with ${tabs}: ${parts.join(', ')}.`
  const isFine = herd.length === 1 && herd[0]?.outcome === 'rotated'
  return { tone: isFine ? 'good' : 'bad', text }
}

function count(grants: readonly GrantEntry[], outcome: GrantEntry['outcome'], words: string): string | null {
  const found = grants.filter((grant) => grant.outcome === outcome).length
  return found === 0 ? null : `${found} ${words}`
}
