import { createAnonymousUser, createUser, normaliseEmail } from '../accounts.ts'
import { ApiError } from '../errors.ts'
import { parseCodeChallenge } from '../flow-state.ts'
import { type AppHandler, type Body, readBody } from '../http.ts'
import { assertStrongPassword } from '../password.ts'
import type { ServerState } from '../server-state.ts'
import { type Grant, startSession } from '../session-start.ts'
import { tokenResponse } from '../token-response.ts'

/** `POST /signup`: with an address a confirmed user, without one an anonymous user; signed in at once, both. */
export function signup(state: ServerState): AppHandler {
  return async (c) => {
    const body = await readBody(c)
    if (body.string('phone') !== '')
      throw new ApiError(400, 'phone_provider_disabled', 'Phone signups are disabled')
    const grant =
      body.string('email') === '' ? signUpAnonymously(state, body) : signUpWithPassword(state, body)
    return c.json(await tokenResponse(state, grant))
  }
}

function signUpAnonymously(state: ServerState, body: Body): Grant {
  const user = createAnonymousUser(state.store, body.object('data'), state.nowMs())
  return startSession(state, user, 'anonymous')
}

function signUpWithPassword(state: ServerState, body: Body): Grant {
  const password = body.string('password')
  if (password === '') throw new ApiError(400, 'validation_failed', 'Signup requires a valid password')
  assertStrongPassword(password)
  parseCodeChallenge(body.string('code_challenge'), body.string('code_challenge_method'))
  const email = normaliseEmail(body.string('email'))
  if (state.store.findUserByEmail(email)) {
    throw new ApiError(422, 'user_already_exists', 'User already registered')
  }
  const user = createUser(state.store, { email, password, data: body.object('data'), nowMs: state.nowMs() })
  return startSession(state, user, 'password')
}
