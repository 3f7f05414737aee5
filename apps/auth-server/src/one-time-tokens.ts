import { createHash, randomInt } from 'node:crypto'
import { newFlowState, parseCodeChallenge } from './flow-state.ts'
import type { AppContext, Body } from './http.ts'
import type { Mail } from './mailbox.ts'
import { redirectTarget } from './redirect-target.ts'
import type { ServerState } from './server-state.ts'
import type { OneTimeToken, User } from './user.ts'

const TOKEN_LIFE_MS = 60 * 60 * 1000 // 1 hour, as on the hosted platform
const PKCE_PREFIX = 'pkce_'

const SUBJECTS: Record<Mail['type'], string> = {
  magiclink: 'Your Magic Link',
  recovery: 'Reset Your Password',
  email_change: 'Confirm Email Change',
}

/**
 * Sends a letter with a link and a six-digit code to the mailbox. An earlier letter of the same purpose no longer counts.
 * @param given.body The request's: a `code_challenge` in it makes the link end with a code instead of tokens.
 * @throws {ApiError} 400 `validation_failed`: a bad code challenge.
 */
export function sendOneTimeToken(
  state: ServerState,
  c: AppContext,
  given: { readonly user: User; readonly type: Mail['type']; readonly to: string; readonly body: Body },
): void {
  const { user, type, to, body } = given
  const nowMs = state.nowMs()
  const challenge = parseCodeChallenge(body.string('code_challenge'), body.string('code_challenge_method'))
  if (challenge) {
    const flow = newFlowState({ method: type, challenge, userId: user.id, startedAtMs: nowMs })
    state.store.flowStates.set(flow.id, flow)
  }
  const otp = randomInt(1_000_000).toString().padStart(6, '0')
  const tokenHash = `${challenge ? PKCE_PREFIX : ''}${hashOf(to, otp)}`
  const purpose = purposeOf(type)
  user.oneTimeTokens = [
    ...user.oneTimeTokens.filter((token) => token.purpose !== purpose),
    { purpose, tokenHash, sentAtMs: nowMs },
  ]
  const query = new URLSearchParams({ token: tokenHash, type, redirect_to: redirectTarget(state, c) })
  const link = `${state.url}/auth/v1/verify?${query}`
  state.mailbox.add({ to, type, subject: SUBJECTS[type], link, otp, tokenHash, sentAtMs: nowMs })
}

/** A one-time token that was presented and is still good, with its user. */
export interface FoundToken {
  readonly user: User
  readonly token: OneTimeToken
}

/** Finds what a link carries. Null: unknown, used, replaced or too old. */
export function findByHash(state: ServerState, tokenHash: string): FoundToken | null {
  for (const user of state.store.users.values()) {
    const token = user.oneTimeTokens.find((each) => each.tokenHash === tokenHash)
    if (token) return state.nowMs() > token.sentAtMs + TOKEN_LIFE_MS ? null : { user, token }
  }
  return null
}

/** Finds what a typed code stands for. Null as for {@link findByHash}. */
export function findByOtp(state: ServerState, email: string, otp: string): FoundToken | null {
  const hash = hashOf(email, otp)
  return findByHash(state, hash) ?? findByHash(state, PKCE_PREFIX + hash)
}

/** Whether the flow of a link began with a code challenge. */
export function isPkceHash(tokenHash: string): boolean {
  return tokenHash.startsWith(PKCE_PREFIX)
}

function purposeOf(type: Mail['type']): OneTimeToken['purpose'] {
  return type === 'email_change' ? 'email-change' : 'recovery'
}

function hashOf(email: string, otp: string): string {
  return createHash('sha224')
    .update(email.toLowerCase() + otp)
    .digest('hex')
}
