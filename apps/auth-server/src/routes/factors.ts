import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import { authenticate, type Caller } from '../authenticate.ts'
import { ApiError } from '../errors.ts'
import { type AppContext, type AppHandler, readBody } from '../http.ts'
import { raiseAssurance } from '../raise-assurance.ts'
import type { ServerState } from '../server-state.ts'
import { assuranceLevel } from '../session.ts'
import { tokenResponse } from '../token-response.ts'
import type { Factor } from '../user.ts'

const CHALLENGE_LIFE_MS = 5 * 60 * 1000 // 5 minutes
const MAX_FACTORS = 10

/** `POST /factors`: enrolls a TOTP authenticator, which counts once a first code was verified. */
export function enrollFactor(state: ServerState): AppHandler {
  return async (c) => {
    const { user, session } = await authenticate(state, c)
    if (user.isAnonymous)
      throw new ApiError(403, 'no_authorization', 'Anonymous user not allowed to perform these actions')
    const body = await readBody(c)
    if (body.string('factor_type') !== 'totp') {
      throw new ApiError(400, 'validation_failed', 'factor_type needs to be totp, phone, or webauthn')
    }
    const friendlyName = body.string('friendly_name')
    assertRoomFor(friendlyName, user.factors, assuranceLevel(session))
    const issuer = body.string('issuer') || new URL(state.url).host
    const totp = new TOTP({ issuer, label: user.email ?? '', secret: new Secret({ size: 20 }) })
    const factor = newFactor(friendlyName, totp.secret.base32, state.nowMs())
    user.factors.push(factor)
    const uri = totp.toString()
    return c.json({
      id: factor.id,
      type: 'totp',
      friendly_name: friendlyName,
      totp: { qr_code: renderSVG(uri), secret: factor.secret, uri },
    })
  }
}

/** `POST /factors/:id/challenge` */
export function challengeFactor(state: ServerState): AppHandler {
  return async (c) => {
    const { factor } = await callerWithFactor(state, c)
    const id = randomUUID()
    const nowMs = state.nowMs()
    factor.challenges.set(id, nowMs)
    return c.json({ id, type: 'totp', expires_at: Math.floor((nowMs + CHALLENGE_LIFE_MS) / 1000) })
  }
}

/**
 * `POST /factors/:id/verify`: raises this session to aal2 and answers new tokens for it. The user's sessions that
 * stay at aal1 are signed out, and factors that were never verified are removed, as in Supabase Auth.
 */
export function verifyFactor(state: ServerState): AppHandler {
  return async (c) => {
    const { user, session, factor } = await callerWithFactor(state, c)
    const body = await readBody(c)
    const nowMs = state.nowMs()
    const code = body.string('code')
    if (code === '') throw new ApiError(400, 'validation_failed', 'Code needs to be non-empty')
    const challengeId = body.string('challenge_id')
    assertOpenChallenge(factor, challengeId, nowMs)
    const totp = new TOTP({ secret: Secret.fromBase32(factor.secret) })
    if (totp.validate({ token: code, timestamp: nowMs, window: 1 }) === null) {
      throw new ApiError(422, 'mfa_verification_failed', 'Invalid TOTP code entered')
    }
    factor.challenges.delete(challengeId)
    factor.status = 'verified'
    factor.updatedAtMs = nowMs
    const refreshToken = raiseAssurance(state, session, factor)
    for (const other of state.store.sessionsOf(user.id)) {
      if (assuranceLevel(other) === 'aal1') state.store.deleteSession(other)
    }
    user.factors = user.factors.filter((each) => each.status === 'verified')
    return c.json(await tokenResponse(state, { user, session, refreshToken }))
  }
}

/** `DELETE /factors/:id`: sessions that this factor had raised fall back to aal1. */
export function unenrollFactor(state: ServerState): AppHandler {
  return async (c) => {
    const { user, session, factor } = await callerWithFactor(state, c)
    if (factor.status === 'verified' && assuranceLevel(session) !== 'aal2') {
      throw new ApiError(422, 'insufficient_aal', 'AAL2 required to unenroll verified factor')
    }
    user.factors = user.factors.filter((each) => each !== factor)
    for (const each of state.store.sessionsOf(user.id)) {
      if (each.factorId !== factor.id) continue
      each.factorId = null
      each.methods.delete('totp')
    }
    return c.json({ id: factor.id })
  }
}

async function callerWithFactor(
  state: ServerState,
  c: AppContext,
): Promise<Caller & { readonly factor: Factor }> {
  const caller = await authenticate(state, c)
  const factor = caller.user.factors.find(({ id }) => id === c.req.param('id'))
  if (!factor) throw new ApiError(404, 'mfa_factor_not_found', 'Factor not found')
  return { ...caller, factor }
}

function newFactor(friendlyName: string, secret: string, nowMs: number): Factor {
  return {
    id: randomUUID(),
    friendlyName,
    secret,
    status: 'unverified',
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    challenges: new Map(),
  }
}

function assertRoomFor(friendlyName: string, factors: readonly Factor[], level: 'aal1' | 'aal2'): void {
  if (factors.some((factor) => factor.friendlyName === friendlyName)) {
    const message = `A factor with the friendly name ${JSON.stringify(friendlyName)} for this user already exists`
    throw new ApiError(422, 'mfa_factor_name_conflict', message)
  }
  if (factors.length >= MAX_FACTORS) {
    const message = 'Maximum number of verified factors reached, unenroll to continue'
    throw new ApiError(422, 'too_many_enrolled_mfa_factors', message)
  }
  if (level === 'aal1' && factors.some((factor) => factor.status === 'verified')) {
    throw new ApiError(403, 'insufficient_aal', 'AAL2 required to enroll a new factor')
  }
}

function assertOpenChallenge(factor: Factor, challengeId: string, nowMs: number): void {
  const madeAtMs = factor.challenges.get(challengeId)
  if (madeAtMs === undefined) {
    throw new ApiError(422, 'mfa_factor_not_found', 'MFA factor with the provided challenge ID not found')
  }
  if (nowMs > madeAtMs + CHALLENGE_LIFE_MS) {
    factor.challenges.delete(challengeId)
    const message = `MFA challenge ${challengeId} has expired, verify against another challenge or create a new challenge.`
    throw new ApiError(422, 'mfa_challenge_expired', message)
  }
}
