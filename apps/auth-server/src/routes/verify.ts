import { confirmEmail } from '../accounts.ts'
import { ApiError } from '../errors.ts'
import { type AppHandler, type Body, readBody } from '../http.ts'
import { type FoundToken, findByHash, findByOtp, isPkceHash } from '../one-time-tokens.ts'
import { redirectTarget } from '../redirect-target.ts'
import { withCode, withError, withTokens } from '../redirect-url.ts'
import type { ServerState } from '../server-state.ts'
import { startSession } from '../session-start.ts'
import { tokenResponse } from '../token-response.ts'
import type { OneTimeToken } from '../user.ts'

/** Which tokens each `type` accepts. Nobody is ever sent a token to confirm a sign-up with. */
const PURPOSES = new Map<string, OneTimeToken['purpose'] | null>([
  ['magiclink', 'recovery'],
  ['recovery', 'recovery'],
  ['email', 'recovery'],
  ['email_change', 'email-change'],
  ['signup', null],
  ['invite', null],
])

/** `GET /verify`: what a mailed link opens. Redirects with tokens, with a code, or with an error. */
export function verifyLink(state: ServerState): AppHandler {
  return async (c) => {
    const tokenHash = c.req.query('token') ?? ''
    const type = requiredType(c.req.query('type') ?? '')
    if (tokenHash === '') throw invalid('Verify requires a token or a token hash')
    const target = redirectTarget(state, c)
    try {
      return c.redirect(await openLink(state, tokenHash, type, target), 303)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return c.redirect(withError(target, error, isPkceHash(tokenHash)), 303)
    }
  }
}

/** `POST /verify`: a typed code with its address, or a `token_hash`. Answers tokens, whatever the flow was. */
export function verifyCode(state: ServerState): AppHandler {
  return async (c) => {
    const body = await readBody(c)
    const type = requiredType(body.string('type'))
    const user = consume(state, findPresented(state, body), type)
    return c.json(await tokenResponse(state, startSession(state, user, 'otp')))
  }
}

async function openLink(
  state: ServerState,
  tokenHash: string,
  type: string,
  target: string,
): Promise<string> {
  const user = consume(state, findByHash(state, tokenHash), type, 'Email link is invalid or has expired')
  if (!isPkceHash(tokenHash)) {
    return withTokens(target, await tokenResponse(state, startSession(state, user, 'otp')), { type })
  }
  const flows = [...state.store.flowStates.values()]
  const flow = flows.findLast((each) => each.userId === user.id && each.method === type)
  if (!flow) throw new ApiError(400, 'flow_state_not_found', 'No associated flow state found.')
  flow.startedAtMs = state.nowMs()
  return withCode(target, flow.authCode)
}

function findPresented(state: ServerState, body: Body): FoundToken | null {
  const token = body.string('token')
  const tokenHash = body.string('token_hash')
  if ((token === '') === (tokenHash === '')) throw invalid('Verify requires either a token or a token hash')
  if (tokenHash !== '') return findByHash(state, tokenHash)
  if (body.string('email') === '') {
    throw invalid('Only an email address or phone number should be provided on verify')
  }
  return findByOtp(state, body.string('email'), token)
}

/** Uses the token up and does what it was sent for. */
function consume(
  state: ServerState,
  found: FoundToken | null,
  type: string,
  message = 'Token has expired or is invalid',
): FoundToken['user'] {
  const purpose = PURPOSES.get(type)
  if (purpose === undefined) throw invalid('Unsupported verification type')
  if (!found || found.token.purpose !== purpose) throw new ApiError(403, 'otp_expired', message)
  const { user, token } = found
  if (user.isBanned) throw new ApiError(403, 'user_banned', 'User is banned')
  user.oneTimeTokens = user.oneTimeTokens.filter((each) => each !== token)
  if (token.purpose === 'email-change' && user.newEmail !== null)
    confirmEmail(user, user.newEmail, state.nowMs())
  return user
}

function requiredType(type: string): string {
  if (type === '') throw invalid('Verify requires a verification type')
  return type
}

function invalid(message: string): ApiError {
  return new ApiError(400, 'validation_failed', message)
}
