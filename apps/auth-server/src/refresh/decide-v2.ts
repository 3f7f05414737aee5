/** What to do with a presented v2 refresh token. */
export type DecisionV2 =
  /** Raise the session's counter by one and issue the token of the new counter. */
  | { readonly kind: 'rotate' }
  /** Answer with the token of the present counter; the counter stays. */
  | { readonly kind: 'answer-again' }
  /** Already used: the session is deleted. */
  | { readonly kind: 'refuse' }
  /** The token's counter is ahead of the session's: this server cannot have issued it. */
  | { readonly kind: 'not-issued-here' }

/**
 * Decides a refresh with a v2 token by how far its counter is behind the session's.
 * The end of the interval is outside it here, and inside it in v1: both as in Supabase Auth.
 * @param input.lastRefreshedAtMs Time of the session's last successful refresh, or of its beginning.
 * @param input.parentRule See `AuthServerOptions.parentRule`.
 * @see internal/tokens/service.go of supabase/auth v2.196
 */
export function decideV2(input: {
  readonly sessionCounter: number
  readonly tokenCounter: number
  readonly lastRefreshedAtMs: number
  readonly nowMs: number
  readonly reuseIntervalMs: number
  readonly parentRule: boolean
}): DecisionV2 {
  const behind = input.sessionCounter - input.tokenCounter
  if (behind < 0) return { kind: 'not-issued-here' }
  if (behind === 0) return { kind: 'rotate' }
  if (behind === 1 && input.parentRule) return { kind: 'answer-again' }
  const sinceRefreshMs = Math.abs(input.nowMs - input.lastRefreshedAtMs)
  return sinceRefreshMs < input.reuseIntervalMs ? { kind: 'answer-again' } : { kind: 'refuse' }
}
