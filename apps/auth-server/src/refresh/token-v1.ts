import { randomBytes } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** The length that tells a v1 token from a v2 token. */
export const V1_LENGTH = 12

/** A new v1 refresh token: 12 characters of `[a-z2-7]`, 60 random bits. */
export function generateTokenV1(): string {
  return Array.from(randomBytes(V1_LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
}

/** Whether a string could be a v1 token. Wider than what is issued, as in Supabase Auth. */
export function isTokenV1(value: string): boolean {
  return /^[a-z0-9]{12}$/.test(value)
}
