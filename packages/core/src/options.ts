import { SessionError } from './errors.ts'
import type { Refresh } from './grant.ts'
import type { Session } from './session.ts'

/** What {@link createCoordinator} needs to know. */
export interface CoordinatorOptions<S extends Session = Session> {
  /**
   * Names the session. All tabs of this origin with this name share one session; two coordinators of one page
   * cannot have the same name.
   */
  readonly name: string
  /**
   * Performs the provider's refresh token grant (RFC 6749 section 6) and resolves with its answer. Runs in one
   * tab for all. It must send the request before it first waits for anything: a page may be frozen at each wait,
   * and go on when another tab has long used the token. Throw {@link GrantRefused} when the server's answer is
   * final, {@link GrantUnavailable} to say when to come back; anything else, and an answer that is no session,
   * is taken as passing.
   */
  readonly refresh: Refresh<S>
  /**
   * Tells the provider that this session has ended (RFC 7009), after `signOut()` has ended it in all tabs.
   * What it throws is ignored. Default: nothing.
   */
  readonly revoke?: (session: S) => Promise<void>
  /**
   * `'sealed'`: the app sees a handle in place of the refresh token, and no script can read the token from a
   * snapshot. `'plain'`: the app sees the refresh token itself. Default: `'sealed'`.
   */
  readonly refreshToken?: 'sealed' | 'plain'
  /**
   * Milliseconds after which a grant's request is given up. Must be longer than the server can take, or
   * a late answer is lost: Supabase Auth takes up to 10 s. Default: 12_000. Range: 100 to 600_000.
   */
  readonly requestTimeoutMs?: number
}

const DEFAULT_REQUEST_TIMEOUT_MS = 12 * 1000 // 12 seconds

/** Throws for the first option that is not valid. */
export const checkValid = (options: Record<string, boolean>): void => {
  for (const [option, valid] of Object.entries(options)) {
    if (!valid) throw new SessionError('option_invalid', `${option} is not valid.`)
  }
}

const isFunction = (value: unknown): boolean => typeof value === 'function'

/** Checks what the caller gave and fills in the defaults. */
export const checkOptions = <S extends Session>(options: CoordinatorOptions<S>) => {
  const {
    name,
    refresh,
    revoke,
    refreshToken = 'sealed',
    requestTimeoutMs = DEFAULT_REQUEST_TIMEOUT_MS,
  } = options
  if (typeof name !== 'string' || !name.trim()) {
    throw new SessionError('name_invalid')
  }
  checkValid({
    refresh: isFunction(refresh),
    revoke: !revoke || isFunction(revoke),
    refreshToken: refreshToken === 'sealed' || refreshToken === 'plain',
    requestTimeoutMs: requestTimeoutMs >= 100 && requestTimeoutMs <= 600_000,
  })
  return { name, refresh, revoke, plain: refreshToken === 'plain', requestTimeoutMs }
}
