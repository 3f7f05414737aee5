import type { GrantEntry } from '@solotab/auth-server'

/** A refresh token grant, as the lab shows it. */
export interface Grant {
  readonly id: number
  /** Null: not known. */
  readonly pane: string | null
  readonly outcome: 'rotated' | 'answered-again' | 'refused' | 'rate-limited' | 'failed'
  /** The error code of the answer. */
  readonly code: string | null
  /** The token had been used before. */
  readonly reuse: boolean
  readonly answerLost: boolean
}

/** An entry of the server's list; null for a sign-in, which is a grant as well, but not what the lab counts. */
export function grantOf(entry: GrantEntry): Grant | null {
  const { id, tab, outcome, code, reuse, answerLost } = entry
  if (entry.grantType !== 'refresh_token' || outcome === 'issued') return null
  return { id, pane: tab, outcome, code, reuse, answerLost }
}

/** What a pane saw of its own request, where the server does not tell: an old token that is answered looks like a new one. */
export function grantSeen(id: number, pane: string, httpStatus: number | null): Grant {
  return { id, pane, outcome: outcomeSeen(httpStatus), code: null, reuse: false, answerLost: !httpStatus }
}

function outcomeSeen(httpStatus: number | null): Grant['outcome'] {
  if (httpStatus === 200) return 'rotated'
  if (httpStatus === 429) return 'rate-limited'
  return httpStatus !== null && httpStatus < 500 ? 'refused' : 'failed'
}

/** A grant in words. */
export function describeGrant({ outcome, code, reuse, answerLost }: Grant): string {
  const lost = answerLost ? ', answer lost' : ''
  switch (outcome) {
    case 'rotated':
      return `rotated${reuse ? ', for a used token' : ''}${lost}`
    case 'answered-again':
      return `used token answered again${lost}`
    case 'refused':
      return `refused${code ? `: ${code}` : ''}`
    case 'rate-limited':
      return 'rate limited: 429'
    case 'failed':
      return `failed${code ? `: ${code}` : ''}`
  }
}

export interface GrantCounts {
  readonly grants: number
  readonly refused: number
  readonly rateLimited: number
}

export function countGrants(grants: readonly Grant[]): GrantCounts {
  const ended = (wanted: Grant['outcome']) => grants.filter(({ outcome }) => outcome === wanted).length
  return { grants: grants.length, refused: ended('refused'), rateLimited: ended('rate-limited') }
}
