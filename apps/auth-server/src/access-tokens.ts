import { createHash, randomUUID } from 'node:crypto'
import {
  type CryptoKey,
  errors,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose'

const ALGORITHM = 'ES256'

/** The claims of an access token, spelled as Supabase Auth spells them. */
export interface AccessTokenClaims extends JWTPayload {
  readonly iss: string
  readonly sub: string
  readonly aud: string
  /** Seconds since 1970. */
  readonly exp: number
  /** Seconds since 1970. */
  readonly iat: number
  readonly email: string
  readonly phone: string
  readonly app_metadata: Record<string, unknown>
  readonly user_metadata: Record<string, unknown>
  readonly role: string
  readonly aal: 'aal1' | 'aal2'
  readonly amr: readonly { readonly method: string; readonly timestamp: number }[]
  readonly session_id: string
  readonly is_anonymous: boolean
}

/** What a presented bearer token turned out to be. */
export type AccessTokenCheck =
  | { readonly kind: 'valid'; readonly claims: AccessTokenClaims }
  | { readonly kind: 'expired'; readonly claims: AccessTokenClaims }
  | { readonly kind: 'invalid' }

/**
 * Signs and checks access tokens with one ES256 key pair.
 *
 * It also remembers a digest of each token by session. `iat` counts whole seconds, too coarse to tell a token that
 * {@link AccessTokens.expire} ended from the one issued right after it.
 */
export class AccessTokens {
  readonly #privateKey: CryptoKey
  readonly #publicKey: CryptoKey
  readonly #jwk: JWK
  readonly #live = new Map<string, Set<string>>()
  readonly #expired = new Set<string>()

  private constructor(privateKey: CryptoKey, publicKey: CryptoKey, jwk: JWK) {
    this.#privateKey = privateKey
    this.#publicKey = publicKey
    this.#jwk = jwk
  }

  static async create(): Promise<AccessTokens> {
    const { privateKey, publicKey } = await generateKeyPair(ALGORITHM)
    const jwk = {
      ...(await exportJWK(publicKey)),
      alg: ALGORITHM,
      use: 'sig',
      key_ops: ['verify'],
      kid: randomUUID(),
    }
    return new AccessTokens(privateKey, publicKey, jwk)
  }

  /** The JSON Web Key Set (RFC 7517) that verifies the tokens. */
  jwks(): { readonly keys: readonly JWK[] } {
    return { keys: [this.#jwk] }
  }

  async sign(claims: AccessTokenClaims): Promise<string> {
    const header = { alg: ALGORITHM, kid: this.#jwk.kid ?? '', typ: 'JWT' }
    const token = await new SignJWT({ ...claims }).setProtectedHeader(header).sign(this.#privateKey)
    const live = this.#live.get(claims.session_id) ?? new Set()
    this.#live.set(claims.session_id, live.add(digest(token)))
    return token
  }

  async check(token: string, nowMs: number): Promise<AccessTokenCheck> {
    try {
      const { payload } = await jwtVerify<AccessTokenClaims>(token, this.#publicKey, {
        currentDate: new Date(nowMs),
      })
      return { kind: this.#expired.has(digest(token)) ? 'expired' : 'valid', claims: payload }
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        return { kind: 'expired', claims: error.payload as AccessTokenClaims }
      return { kind: 'invalid' }
    }
  }

  /** From now on the tokens that a session was given so far count as expired. Later ones do not. */
  expire(sessionId: string): void {
    for (const token of this.#live.get(sessionId) ?? []) this.#expired.add(token)
    this.#live.delete(sessionId)
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
