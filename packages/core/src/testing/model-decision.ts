/** How a server judges a refresh token that it is shown. */
export interface ServerRules {
  /** Supabase Auth's tokens: 1 is a table of tokens, 2 a counter of the session. */
  readonly version: 1 | 2
  /** Answers a token that was rotated less than this ago; 0 and no parent rule: a strict server. */
  readonly reuseIntervalMs: number
  /** Answers the parent of the active token at any time. */
  readonly parentRule: boolean
}

/** One refresh token that was issued. In version 2 its place among the session's tokens is its counter. */
export interface ModelToken {
  readonly value: string
  readonly parent: string | null
  revoked: boolean
  updatedAtMs: number
}

export interface ModelSession {
  readonly id: string
  readonly tokens: ModelToken[]
  refreshedAtMs: number
}

/** `parent` and `interval`: the token was used before, and is answered all the same. */
export type Verdict = 'rotated' | 'parent' | 'interval' | 'reuse' | 'unknown'

/** What Supabase Auth decides about a token of this session. It changes nothing. */
export const decide = (
  session: ModelSession,
  presented: string,
  nowMs: number,
  rules: ServerRules,
): Verdict => {
  const token = session.tokens.find(({ value }) => value === presented)
  if (!token) return 'unknown'
  if (!token.revoked) return 'rotated'
  return rules.version === 1 ? decideV1(session, token, nowMs, rules) : decideV2(session, token, nowMs, rules)
}

const decideV1 = (
  { tokens }: ModelSession,
  token: ModelToken,
  nowMs: number,
  { reuseIntervalMs, parentRule }: ServerRules,
): Verdict => {
  const active = tokens.findLast(({ revoked }) => !revoked)
  if (parentRule && active?.parent === token.value) return 'parent'
  return nowMs <= token.updatedAtMs + reuseIntervalMs ? 'interval' : 'reuse'
}

const decideV2 = (
  { tokens, refreshedAtMs }: ModelSession,
  token: ModelToken,
  nowMs: number,
  { reuseIntervalMs, parentRule }: ServerRules,
): Verdict => {
  const behind = tokens.length - 1 - tokens.indexOf(token)
  if (parentRule && behind === 1) return 'parent'
  return Math.abs(nowMs - refreshedAtMs) < reuseIntervalMs ? 'interval' : 'reuse'
}
