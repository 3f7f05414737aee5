import { recordGrant } from '../control/record-grant.ts'
import { ApiError } from '../errors.ts'
import { isFlowExpired, matchesChallenge } from '../flow-state.ts'
import { type AppContext, type AppHandler, type Body, clientAddress, readBody } from '../http.ts'
import { isPassword } from '../password.ts'
import { type RefreshResult, refreshGrant } from '../refresh/refresh-grant.ts'
import type { ServerState } from '../server-state.ts'
import { type Grant, startSession } from '../session-start.ts'
import { tokenResponse } from '../token-response.ts'

/** A grant that began a session, with the provider's token if it came from one. */
interface Issued {
  readonly kind: 'granted'
  readonly outcome: 'issued'
  readonly reuse: false
  readonly grant: Grant
  readonly providerToken?: string | null
}

type GrantResult = Issued | RefreshResult

type PerformGrant = (state: ServerState, body: Body) => GrantResult

const GRANTS = new Map<string, PerformGrant>([
  ['password', passwordGrant],
  ['refresh_token', (state, body) => refreshGrant(state, body.string('refresh_token'))],
  ['pkce', pkceGrant],
])

/**
 * `POST /token`: rate limit, then JSON, then validation, pre-checks and transaction in one synchronous step.
 * The grant is in the log, and committed, before its answer is signed.
 */
export function token(state: ServerState): AppHandler {
  return async (c) => {
    const perform = GRANTS.get(c.req.query('grant_type') ?? '')
    if (!perform) throw new ApiError(400, 'invalid_credentials', 'unsupported_grant_type')
    assertRate(state, c)
    const result = await performLogged(c, state, perform)
    if (result.kind === 'refused') throw result.error
    const providerToken = result.outcome === 'issued' ? result.providerToken : null
    return c.json(await tokenResponse(state, result.grant, providerToken))
  }
}

function assertRate(state: ServerState, c: AppContext): void {
  if (state.rateLimiter.allows(clientAddress(c), state.options.rateLimit, state.nowMs())) return
  const error = new ApiError(429, 'over_request_rate_limit', 'Request rate limit reached')
  recordGrant(state, c, {
    outcome: 'rate-limited',
    sessionId: null,
    code: error.code,
    httpStatus: 429,
    reuse: false,
  })
  throw error
}

async function performLogged(c: AppContext, state: ServerState, perform: PerformGrant): Promise<GrantResult> {
  let result: GrantResult
  try {
    result = perform(state, await readBody(c))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    result = { kind: 'refused', error, sessionId: null, reuse: false }
  }
  const { reuse } = result
  const facts =
    result.kind === 'refused'
      ? ({ outcome: 'refused', sessionId: result.sessionId, code: result.error.code } as const)
      : { outcome: result.outcome, sessionId: result.grant.session.id, code: null }
  recordGrant(state, c, {
    ...facts,
    reuse,
    httpStatus: result.kind === 'refused' ? result.error.status : 200,
  })
  return result
}

function passwordGrant(state: ServerState, body: Body): GrantResult {
  const email = body.string('email')
  if (email === '') throw new ApiError(400, 'validation_failed', 'missing email or phone')
  const user = state.store.findUserByEmail(email)
  if (user?.passwordHash && user.isBanned) throw new ApiError(400, 'user_banned', 'User is banned')
  if (!user?.passwordHash || !isPassword(body.string('password'), user.passwordHash)) {
    throw new ApiError(400, 'invalid_credentials', 'Invalid login credentials')
  }
  return { kind: 'granted', outcome: 'issued', reuse: false, grant: startSession(state, user, 'password') }
}

function pkceGrant(state: ServerState, body: Body): GrantResult {
  const authCode = body.string('auth_code')
  const verifier = body.string('code_verifier')
  if (authCode === '' || verifier === '') {
    throw new ApiError(
      400,
      'validation_failed',
      'invalid request: both auth code and code verifier should be non-empty',
    )
  }
  const flow = [...state.store.flowStates.values()].find((each) => each.authCode === authCode)
  const user = flow?.userId && state.store.users.get(flow.userId)
  if (!flow?.challenge || !user) {
    throw new ApiError(404, 'flow_state_not_found', 'invalid flow state, no valid flow state found')
  }
  if (isFlowExpired(flow, state.nowMs())) {
    throw new ApiError(422, 'flow_state_expired', 'invalid flow state, flow state has expired')
  }
  if (!matchesChallenge(flow.challenge, verifier)) {
    throw new ApiError(
      400,
      'bad_code_verifier',
      'code challenge does not match previously saved code verifier',
    )
  }
  state.store.flowStates.delete(flow.id)
  const grant = startSession(state, user, flow.method)
  return { kind: 'granted', outcome: 'issued', reuse: false, grant, providerToken: flow.providerToken }
}
