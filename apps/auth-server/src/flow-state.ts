import { createHash, randomUUID } from 'node:crypto'
import { ApiError } from './errors.ts'
import type { AuthenticationMethod } from './session.ts'

const FLOW_LIFE_MS = 5 * 60 * 1000 // 5 minutes

/** A PKCE code challenge (RFC 7636 section 4.2). */
export interface CodeChallenge {
  readonly value: string
  readonly method: 's256' | 'plain'
}

/** A sign-in that left the application for a provider or a mailbox and will come back with a code or with tokens. */
export interface FlowState {
  readonly id: string
  readonly method: AuthenticationMethod
  /** Null: the implicit flow. */
  readonly challenge: CodeChallenge | null
  readonly authCode: string
  /** Where an OAuth flow returns to; a mailed link carries its own. */
  readonly redirectTo: string | null
  /** The provider of an OAuth flow and the account that it will vouch for. */
  readonly provider: { readonly name: string; readonly email: string } | null
  /** Known from the start for a mailed link, and after the callback for a provider. */
  userId: string | null
  providerToken: string | null
  /** The code's life counts from here; it begins anew when a mailed link is opened. */
  startedAtMs: number
}

/** Makes a flow that nothing has been sent for yet. */
export function newFlowState(
  given: Pick<FlowState, 'method' | 'challenge' | 'startedAtMs'> & Partial<FlowState>,
): FlowState {
  const unset = { redirectTo: null, provider: null, userId: null, providerToken: null }
  return { id: randomUUID(), authCode: randomUUID(), ...unset, ...given }
}

/**
 * Reads a code challenge as a client sent it; null for the implicit flow.
 * @throws {ApiError} 400 `validation_failed`: one of the two is missing or out of the alphabet or length of RFC 7636.
 */
export function parseCodeChallenge(value: string, method: string): CodeChallenge | null {
  if (value === '' && method === '') return null
  if (value === '' || method === '') {
    throw invalid('PKCE flow requires code_challenge_method and code_challenge')
  }
  if (value.length < 43 || value.length > 128)
    throw invalid('code challenge has to be between 43 and 128 characters')
  if (!/^[a-zA-Z._~0-9-]+$/.test(value)) {
    throw invalid(
      'code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes',
    )
  }
  const known = method.toLowerCase()
  if (known !== 's256' && known !== 'plain') throw invalid('Invalid code_challenge_method')
  return { value, method: known }
}

/** Whether the verifier is the one that the challenge was made from (RFC 7636 section 4.6). */
export function matchesChallenge(challenge: CodeChallenge, verifier: string): boolean {
  const derived =
    challenge.method === 's256' ? createHash('sha256').update(verifier).digest('base64url') : verifier
  return derived === challenge.value
}

/** Whether it is too late to come back from this flow. */
export function isFlowExpired(flow: FlowState, nowMs: number): boolean {
  return nowMs > flow.startedAtMs + FLOW_LIFE_MS
}

function invalid(message: string): ApiError {
  return new ApiError(400, 'validation_failed', message)
}
