import { randomUUID } from 'node:crypto'

/** A way in that a user has: an e-mail address or an account at an OAuth provider. */
export interface Identity {
  readonly id: string
  /** The subject at the provider; for `email` the user's own id. */
  readonly providerId: string
  readonly provider: string
  data: Record<string, unknown>
  readonly createdAtMs: number
}

/** A TOTP authenticator. */
export interface Factor {
  readonly id: string
  readonly friendlyName: string
  /** Base32. */
  readonly secret: string
  status: 'unverified' | 'verified'
  readonly createdAtMs: number
  updatedAtMs: number
  /** Open challenges by id, with the time each was made. */
  readonly challenges: Map<string, number>
}

/** What a mailed link or code is good for. A magic link is a recovery with another letter, as in Supabase Auth. */
export interface OneTimeToken {
  readonly purpose: 'recovery' | 'email-change'
  /** What the link carries: a hash of address and code, after `pkce_` when the flow began with a code challenge. */
  readonly tokenHash: string
  readonly sentAtMs: number
}

export interface User {
  readonly id: string
  /** Lower case; null for an anonymous user. */
  email: string | null
  /** Null: signs in without a password. */
  passwordHash: string | null
  isAnonymous: boolean
  isBanned: boolean
  appMetadata: Record<string, unknown>
  userMetadata: Record<string, unknown>
  identities: Identity[]
  factors: Factor[]
  /** At most one per purpose: a second letter makes the first one useless. */
  oneTimeTokens: OneTimeToken[]
  /** The address that an `email-change` token would confirm. */
  newEmail: string | null
  readonly createdAtMs: number
  updatedAtMs: number
  emailConfirmedAtMs: number | null
  lastSignInAtMs: number | null
}

/** A user with nothing filled in yet. Not in the store until it is set there. */
export function newUser(email: string | null, nowMs: number): User {
  return {
    id: randomUUID(),
    email: email?.toLowerCase() ?? null,
    passwordHash: null,
    isAnonymous: email === null,
    isBanned: false,
    appMetadata: {},
    userMetadata: {},
    identities: [],
    factors: [],
    oneTimeTokens: [],
    newEmail: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    emailConfirmedAtMs: null,
    lastSignInAtMs: null,
  }
}
