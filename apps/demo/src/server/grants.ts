import type { GrantEntry, GrantEvent } from '@solotab/auth-server'

/** What the worker that reads the server's stream tells a page. */
export type FeedMessage = GrantEvent | { readonly type: 'lost' }

/** The list after an event. */
export function applyGrantEvent(grants: readonly GrantEntry[], event: GrantEvent): readonly GrantEntry[] {
  switch (event.type) {
    case 'snapshot':
      return event.grants
    case 'grant':
      return [...grants, event.grant]
    case 'grant-updated':
      return grants.map((grant) => (grant.id === event.grant.id ? event.grant : grant))
  }
}

/** A sign-in is a grant as well, but it is not what this demo counts. */
export const isRefresh = (grant: GrantEntry): boolean => grant.grantType === 'refresh_token'

export interface Counts {
  readonly refreshes: number
  readonly refused: number
  readonly rateLimited: number
}

/** The figures over the list. */
export function countGrants(grants: readonly GrantEntry[]): Counts {
  const refreshes = grants.filter(isRefresh)
  const ended = (outcome: GrantEntry['outcome']) =>
    refreshes.filter((grant) => grant.outcome === outcome).length
  return {
    refreshes: refreshes.length,
    refused: ended('refused'),
    rateLimited: ended('rate-limited'),
  }
}

/** How a grant ended, in words and as a tone. */
export function outcomeOf(grant: GrantEntry): { tone: 'good' | 'warn' | 'bad' | 'info'; text: string } {
  const lost = grant.answerLost ? ', answer lost' : ''
  switch (grant.outcome) {
    case 'issued':
      return { tone: 'info', text: `signed in${lost}` }
    case 'rotated':
      return grant.reuse
        ? { tone: 'warn', text: `rotated, for a used token${lost}` }
        : { tone: 'good', text: `rotated${lost}` }
    case 'answered-again':
      return { tone: 'warn', text: `answered again${lost}` }
    case 'refused':
      return { tone: 'bad', text: `refused: ${grant.code}` }
    case 'rate-limited':
      return { tone: 'bad', text: 'rate limited: 429' }
    case 'failed':
      return { tone: 'bad', text: `failed: ${grant.code ?? grant.fault}` }
  }
}
