import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { ApiError } from './errors.ts'

const MIN_LENGTH = 6
const MAX_LENGTH = 72
const KEY_BYTES = 32
// A fraction of what guarding real passwords takes: these protect test users, and every test signs in.
const COST = { N: 2 ** 10 }

/** Hashes a password as `salt:key` in hex. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16)
  return `${salt.toString('hex')}:${scryptSync(password, salt, KEY_BYTES, COST).toString('hex')}`
}

/** Whether this is the password that was hashed. */
export function isPassword(password: string, hash: string): boolean {
  const [salt = '', key = ''] = hash.split(':')
  return timingSafeEqual(
    scryptSync(password, Buffer.from(salt, 'hex'), KEY_BYTES, COST),
    Buffer.from(key, 'hex'),
  )
}

/**
 * Accepts a password with Supabase's default strength: 6 to 72 characters.
 * @throws {ApiError} 422 `weak_password`, 400 `validation_failed` (too long).
 */
export function assertStrongPassword(password: string): void {
  if (password.length > MAX_LENGTH) {
    throw new ApiError(400, 'validation_failed', `Password cannot be longer than ${MAX_LENGTH} characters`)
  }
  if (password.length < MIN_LENGTH) {
    throw new ApiError(422, 'weak_password', `Password should be at least ${MIN_LENGTH} characters.`, {
      weak_password: { reasons: ['length'] },
    })
  }
}
