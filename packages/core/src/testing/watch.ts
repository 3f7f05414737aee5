import type { SentGrant } from './model-server.ts'

/**
 * The ids of SPEC.md, and four more. `live`: tokens are refreshed before they expire wherever that is possible.
 * `truth`: what a tab shows is or was in the record. `prompt`: messages alone are enough for I4.
 * `storm`: nothing is done over and over.
 */
export type InvariantId =
  | 'I1'
  | 'I2'
  | 'I3'
  | 'I4'
  | 'I5'
  | 'I6'
  | 'I7'
  | 'I8'
  | 'I9'
  | 'I10'
  | 'I11'
  | 'live'
  | 'truth'
  | 'prompt'
  | 'storm'

/** Collects what happened that must never happen, in any world. */
export interface Watch {
  readonly violations: string[]
  /** Notes a violation, unless a fault suspends that invariant now. */
  violate(id: InvariantId, what: string): void
  /** Hears each violation. */
  onViolation: () => void
  /** Suspends invariants until a time; for good by default. */
  suspend(ids: readonly InvariantId[], untilMs?: number): void
  isSuspended(id: InvariantId): boolean
  /** I3: the record never goes back. */
  written(before: unknown, after: unknown): void
  /** I7: a refresh token shows itself where it may not be. */
  shown(where: string, value: unknown): void
  /** I1 and I2, at the sending of a grant. */
  sending(sent: readonly SentGrant[], refreshToken: string, nowMs: number, holdMs: number): void
}

const holdsSecret = (value: unknown): boolean => JSON.stringify(value)?.includes('secret-') ?? false

const familyIn = (refreshToken: string): string => refreshToken.split('-')[1] ?? ''

const isRecord = (raw: unknown): raw is { generation: number; session: unknown } =>
  typeof raw === 'object' &&
  raw !== null &&
  'generation' in raw &&
  typeof raw.generation === 'number' &&
  'endReason' in raw

export const createWatch = (nowMs: () => number): Watch => {
  const suspendedUntilMs = new Map<InvariantId, number>()
  /** By session: the number of its newest token that was sent. */
  const newestSent = new Map<string, number>()
  const watch: Watch = {
    violations: [],
    violate(id, what) {
      if (watch.isSuspended(id)) return
      watch.violations.push(`${id}: ${what}`)
      watch.onViolation()
    },
    onViolation: () => {},
    suspend(ids, untilMs = Number.POSITIVE_INFINITY) {
      for (const id of ids) suspendedUntilMs.set(id, Math.max(untilMs, suspendedUntilMs.get(id) ?? 0))
    },
    isSuspended: (id) => (suspendedUntilMs.get(id) ?? 0) > nowMs(),
    written(before, after) {
      if (!isRecord(before) || !isRecord(after)) return
      const [was, is] = [before.generation, after.generation]
      if (is < was) watch.violate('I3', `the record went from generation ${was} back to ${is}`)
      if (is === was && JSON.stringify(before.session) !== JSON.stringify(after.session)) {
        watch.violate('I3', `the session changed inside generation ${is}`)
      }
    },
    shown(where, value) {
      if (holdsSecret(value)) watch.violate('I7', `a refresh token in ${where}`)
    },
    sending(sent, refreshToken, nowMs, holdMs) {
      const family = familyIn(refreshToken)
      const number = Number(refreshToken.split('-')[2])
      const newest = newestSent.get(family) ?? 0
      if (newest > number) watch.violate('I2', 'a refresh token is sent after a newer one of its session')
      newestSent.set(family, Math.max(newest, number))
      for (let index = sent.length - 1; index >= 0; index--) {
        const earlier = sent[index] as SentGrant
        if (nowMs - earlier.atMs > holdMs) return
        if (familyIn(earlier.refreshToken) !== family) continue
        if (earlier.fate === 'out') {
          watch.violate('I1', `a second grant after ${nowMs - earlier.atMs} ms, while the first is in flight`)
        }
        const granted = ['rotated', 'parent', 'interval'].includes(earlier.decision) && !earlier.isLost
        if (granted && earlier.fate === 'answered' && earlier.refreshToken === refreshToken) {
          watch.violate('I2', 'a refresh token is sent again although its answer came')
        }
      }
    },
  }
  return watch
}
