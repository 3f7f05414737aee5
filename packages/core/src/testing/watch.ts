import type { SentGrant } from './model-server.ts'

/** Collects what happened that must never happen, in any world. */
export interface Watch {
  readonly violations: string[]
  /** I3: the record never goes back. */
  written(before: unknown, after: unknown): void
  /** I7: a refresh token shows itself where it may not be. */
  shown(where: string, value: unknown): void
  /** I1 and I2, at the sending of a grant. */
  sending(sent: readonly SentGrant[], refreshToken: string, nowMs: number, holdMs: number): void
}

const holdsSecret = (value: unknown): boolean => JSON.stringify(value)?.includes('secret-') ?? false

const isRecord = (raw: unknown): raw is { generation: number; session: unknown } =>
  typeof raw === 'object' &&
  raw !== null &&
  'generation' in raw &&
  typeof raw.generation === 'number' &&
  'endReason' in raw

export const createWatch = (): Watch => {
  const violations: string[] = []
  return {
    violations,
    written(before, after) {
      if (!isRecord(before) || !isRecord(after)) return
      const [was, is] = [before.generation, after.generation]
      if (is < was) violations.push(`I3: the record went from generation ${was} back to ${is}`)
      if (is === was && JSON.stringify(before.session) !== JSON.stringify(after.session)) {
        violations.push(`I3: the session changed inside generation ${is}`)
      }
    },
    shown(where, value) {
      if (holdsSecret(value)) violations.push(`I7: a refresh token in ${where}`)
    },
    sending(sent, refreshToken, nowMs, holdMs) {
      const [, family, number] = refreshToken.split('-')
      for (const earlier of sent) {
        const [, earlierFamily, earlierNumber] = earlier.refreshToken.split('-')
        if (earlierFamily !== family) continue
        if (Number(earlierNumber) > Number(number)) {
          violations.push('I2: a refresh token is sent after a newer one of its session')
        }
        if (nowMs - earlier.atMs > holdMs) continue
        if (earlier.fate === 'out') {
          violations.push(`I1: a second grant after ${nowMs - earlier.atMs} ms, while the first is in flight`)
        }
        const granted = ['rotated', 'parent', 'interval'].includes(earlier.decision)
        if (granted && earlier.fate === 'answered' && earlier.refreshToken === refreshToken) {
          violations.push('I2: a refresh token is sent again although its answer came')
        }
      }
    },
  }
}
