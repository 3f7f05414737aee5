import { confirmEmail, normaliseEmail } from '../accounts.ts'
import { authenticate, type Caller } from '../authenticate.ts'
import { ApiError } from '../errors.ts'
import { type AppHandler, type Body, readBody } from '../http.ts'
import { sendOneTimeToken } from '../one-time-tokens.ts'
import { assertStrongPassword, hashPassword, isPassword } from '../password.ts'
import type { ServerState } from '../server-state.ts'
import { assuranceLevel } from '../session.ts'
import { userJson } from '../user-json.ts'

/** `GET /user` */
export function getUser(state: ServerState): AppHandler {
  return async (c) => {
    const { user } = await authenticate(state, c)
    return c.json(userJson(user))
  }
}

/**
 * `PUT /user`: password, metadata and address; answers the user, never new tokens. A new password signs the user's
 * other sessions out. A new address takes effect when the letter sent to it is answered, or at once for an anonymous user.
 */
export function putUser(state: ServerState): AppHandler {
  return async (c) => {
    const caller = await authenticate(state, c)
    const body = await readBody(c)
    const email = newEmailOf(caller, body)
    const password = body.string('password')
    assertAllowed(state, caller, email, password)
    if (password !== '') changePassword(state, caller, password)
    if (body.has('data')) mergeMetadata(caller, body.object('data'))
    if (email !== null) {
      if (caller.user.isAnonymous) confirmEmail(caller.user, email, state.nowMs())
      else {
        caller.user.newEmail = email
        sendOneTimeToken(state, c, { user: caller.user, type: 'email_change', to: email, body })
      }
    }
    caller.user.updatedAtMs = state.nowMs()
    return c.json(userJson(caller.user))
  }
}

function newEmailOf({ user }: Caller, body: Body): string | null {
  if (body.string('email') === '') return null
  const email = normaliseEmail(body.string('email'))
  return email === user.email ? null : email
}

function assertAllowed(
  state: ServerState,
  { user, session }: Caller,
  email: string | null,
  password: string,
): void {
  if (password !== '') assertStrongPassword(password)
  const hasSecondFactor = user.factors.some((factor) => factor.status === 'verified')
  if (hasSecondFactor && assuranceLevel(session) === 'aal1' && (password !== '' || email !== null)) {
    const message = 'AAL2 session is required to update email or password when MFA is enabled.'
    throw new ApiError(401, 'insufficient_aal', message)
  }
  if (user.isAnonymous && password !== '' && email === null) {
    const message = 'Updating password of an anonymous user without an email or phone is not allowed'
    throw new ApiError(422, 'validation_failed', message)
  }
  if (email !== null && state.store.findUserByEmail(email)) {
    throw new ApiError(422, 'email_exists', 'A user with this email address has already been registered')
  }
  if (password !== '' && user.passwordHash !== null && isPassword(password, user.passwordHash)) {
    throw new ApiError(422, 'same_password', 'New password should be different from the old password.')
  }
}

function changePassword(state: ServerState, { user, session }: Caller, password: string): void {
  user.passwordHash = hashPassword(password)
  user.oneTimeTokens = []
  for (const other of state.store.sessionsOf(user.id)) {
    if (other.id !== session.id) state.store.deleteSession(other)
  }
}

/** A member set to null is removed. */
function mergeMetadata({ user }: Caller, changes: Record<string, unknown>): void {
  const merged = Object.entries({ ...user.userMetadata, ...changes })
  user.userMetadata = Object.fromEntries(merged.filter(([, value]) => value !== null))
}
