/** What a page load tells the harness, as it happens. No fact holds a token: a refresh token goes by a digest. */
export type Fact = {
  /** The page load: a reload makes a new one of the same tab. */
  readonly load: string
  readonly atMs: number
} & FactBody

export type FactBody =
  /** A refresh token grant leaves the page; `grant` is its name in the server's log. */
  | { readonly type: 'grant-sent'; readonly grant: string; readonly presented: string }
  /** The whole answer is in the page. */
  | { readonly type: 'grant-answered'; readonly grant: string; readonly status: number }
  /** What became of it: a `GrantOutcome` of Solotab. */
  | {
      readonly type: 'grant-ended'
      readonly grant: string
      readonly outcome: string
      readonly code: string | null
    }
  /** A query leaves the gate. `validForMs` is by the page's clock, negative once expired; null: no user's token. */
  | { readonly type: 'query-sent'; readonly sending: string; readonly validForMs: number | null }
  | { readonly type: 'query-ended'; readonly askedMs: number; readonly outcome: QueryOutcome }
  | { readonly type: 'signed-in'; readonly session: string }
  /** `session` is the one that the page had, null if it found none on loading. */
  | { readonly type: 'signed-out'; readonly session: string | null; readonly reason: string }
  /** The page has no valid access token any more, or none yet. A page that does not run cannot tell. */
  | { readonly type: 'token-gone'; readonly sinceMs: number }
  /** It has one again. `sinceMs` is that of `token-gone`, if it has noticed. */
  | { readonly type: 'token-back'; readonly sinceMs: number }
  /** As the page itself sees it: an event of its life, or how visible it is now. */
  | { readonly type: 'page'; readonly event: string }

/**
 * `answered`: as the user who is signed in. `expired`: refused for its token. `no-token`: sent as nobody, since there was no
 * valid token. `network`: no answer.
 */
type QueryOutcome = 'answered' | 'expired' | 'no-token' | 'network' | 'other'
