import type { Factor, Identity, User } from './user.ts'

/** A user as the API shows it: the member names and the omissions of Supabase Auth. */
export function userJson(user: User): Record<string, unknown> {
  return {
    id: user.id,
    aud: 'authenticated',
    role: 'authenticated',
    email: user.email ?? '',
    ...time('email_confirmed_at', user.emailConfirmedAtMs),
    phone: '',
    ...time('confirmed_at', user.emailConfirmedAtMs),
    ...(user.newEmail === null ? {} : { new_email: user.newEmail }),
    ...time('last_sign_in_at', user.lastSignInAtMs),
    app_metadata: user.appMetadata,
    user_metadata: user.userMetadata,
    ...(user.factors.length === 0 ? {} : { factors: user.factors.map(factorJson) }),
    identities: user.identities.map((identity) => identityJson(user, identity)),
    created_at: iso(user.createdAtMs),
    updated_at: iso(user.updatedAtMs),
    is_anonymous: user.isAnonymous,
  }
}

function factorJson(factor: Factor): Record<string, unknown> {
  return {
    id: factor.id,
    created_at: iso(factor.createdAtMs),
    updated_at: iso(factor.updatedAtMs),
    status: factor.status,
    ...(factor.friendlyName === '' ? {} : { friendly_name: factor.friendlyName }),
    factor_type: 'totp',
  }
}

function identityJson(user: User, identity: Identity): Record<string, unknown> {
  return {
    identity_id: identity.id,
    id: identity.providerId,
    user_id: user.id,
    identity_data: identity.data,
    provider: identity.provider,
    last_sign_in_at: iso(identity.createdAtMs),
    created_at: iso(identity.createdAtMs),
    updated_at: iso(identity.createdAtMs),
    email: identity.data.email,
  }
}

function time(name: string, ms: number | null): Record<string, string> {
  return ms === null ? {} : { [name]: iso(ms) }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
