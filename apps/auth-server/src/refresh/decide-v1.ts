/** One row of the table of v1 refresh tokens. */
export interface RefreshTokenRow {
  /** Rises by one with every row of the server. */
  readonly id: number
  readonly token: string
  readonly sessionId: string
  /** The token that this one replaced. */
  readonly parent: string | null
  revoked: boolean
  updatedAtMs: number
}

/** What to do with a presented v1 refresh token. */
export type DecisionV1 =
  /** Revoke it and issue a child. `reuse`: it was already revoked, and its `updatedAtMs` moves to now as well. */
  | { readonly kind: 'rotate'; readonly reuse: boolean }
  /** Answer with the active token once more; no row changes. */
  | { readonly kind: 'answer-again'; readonly token: string }
  /** Already used: revoke every unrevoked token of the session, whose row survives. */
  | { readonly kind: 'refuse' }

/**
 * Decides a refresh with a v1 token, in the order in which Supabase Auth asks.
 * @param input.rows All rows of the session, `presented` among them.
 * @param input.parentRule See `AuthServerOptions.parentRule`.
 * @see internal/tokens/service.go of supabase/auth v2.196
 */
export function decideV1(input: {
  readonly presented: RefreshTokenRow
  readonly rows: readonly RefreshTokenRow[]
  readonly nowMs: number
  readonly reuseIntervalMs: number
  readonly parentRule: boolean
}): DecisionV1 {
  const { presented, rows, nowMs, reuseIntervalMs, parentRule } = input
  if (!presented.revoked) return { kind: 'rotate', reuse: false }
  const active = rows.filter((row) => !row.revoked).at(-1)
  if (parentRule && active?.parent === presented.token) return { kind: 'answer-again', token: active.token }
  if (nowMs <= presented.updatedAtMs + reuseIntervalMs) return { kind: 'rotate', reuse: true }
  return { kind: 'refuse' }
}
