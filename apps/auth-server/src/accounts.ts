import { randomUUID } from 'node:crypto'
import { ApiError } from './errors.ts'
import { hashPassword } from './password.ts'
import type { Store } from './store.ts'
import { newUser, type User } from './user.ts'

/**
 * Puts an address in the form in which it is stored.
 * @throws {ApiError} 400 `validation_failed`
 */
export function normaliseEmail(email: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new ApiError(400, 'validation_failed', 'Unable to validate email address: invalid format')
  }
  return email.toLowerCase()
}

/** Creates a user with a confirmed address. The address must be free. */
export function createUser(
  store: Store,
  given: {
    readonly email: string
    readonly password?: string
    readonly provider?: string
    readonly data?: Record<string, unknown>
    readonly nowMs: number
  },
): User {
  const user = newUser(given.email, given.nowMs)
  user.userMetadata = { ...given.data }
  user.emailConfirmedAtMs = given.nowMs
  if (given.password !== undefined) user.passwordHash = hashPassword(given.password)
  addIdentity(user, given.provider ?? 'email', given.nowMs)
  store.users.set(user.id, user)
  return user
}

/** Creates a user without an address. */
export function createAnonymousUser(store: Store, data: Record<string, unknown>, nowMs: number): User {
  const user = newUser(null, nowMs)
  user.userMetadata = { ...data }
  store.users.set(user.id, user)
  return user
}

/** Lets a user in through one more provider. Does nothing if that way is open already. */
export function addIdentity(user: User, provider: string, nowMs: number): void {
  if (user.identities.some((identity) => identity.provider === provider)) return
  const providerId = provider === 'email' ? user.id : randomUUID()
  const data = { sub: providerId, email: user.email, email_verified: true, phone_verified: false }
  user.identities.push({ id: randomUUID(), providerId, provider, data, createdAtMs: nowMs })
  const providers = user.identities.map((identity) => identity.provider)
  user.appMetadata = { provider: providers[0], providers }
  if (provider !== 'email') user.userMetadata = { ...user.userMetadata, ...data }
}

/** Makes `email` the user's confirmed address; an anonymous user becomes a permanent one. */
export function confirmEmail(user: User, email: string, nowMs: number): void {
  user.email = email
  user.newEmail = null
  user.isAnonymous = false
  user.emailConfirmedAtMs = nowMs
  user.updatedAtMs = nowMs
  addIdentity(user, 'email', nowMs)
  for (const identity of user.identities) {
    if (identity.provider === 'email') identity.data = { ...identity.data, email }
  }
}
