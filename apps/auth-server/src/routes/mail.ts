import { createUser, normaliseEmail } from '../accounts.ts'
import { ApiError } from '../errors.ts'
import { type AppHandler, readBody } from '../http.ts'
import { sendOneTimeToken } from '../one-time-tokens.ts'
import type { ServerState } from '../server-state.ts'

/** `POST /otp` and `POST /magiclink`: sends a magic link with a code; an unknown address is signed up first. */
export function otp(state: ServerState): AppHandler {
  return async (c) => {
    const body = await readBody(c)
    if (body.string('phone') !== '')
      throw new ApiError(400, 'phone_provider_disabled', 'Unsupported phone provider')
    if (body.string('email') === '')
      throw new ApiError(400, 'validation_failed', 'One of email or phone must be set')
    const email = normaliseEmail(body.string('email'))
    const known = state.store.findUserByEmail(email)
    if (!known && !body.boolean('create_user', true)) {
      throw new ApiError(422, 'otp_disabled', 'Signups not allowed for otp')
    }
    const user = known ?? createUser(state.store, { email, data: body.object('data'), nowMs: state.nowMs() })
    sendOneTimeToken(state, c, { user, type: 'magiclink', to: email, body })
    return c.json({})
  }
}

/** `POST /recover`: sends a recovery link. An unknown address gets the same answer, and no letter. */
export function recover(state: ServerState): AppHandler {
  return async (c) => {
    const body = await readBody(c)
    if (body.string('email') === '') {
      throw new ApiError(400, 'validation_failed', 'Password recovery requires an email')
    }
    const email = normaliseEmail(body.string('email'))
    const user = state.store.findUserByEmail(email)
    if (user) sendOneTimeToken(state, c, { user, type: 'recovery', to: email, body })
    return c.json({})
  }
}
