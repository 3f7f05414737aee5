import type { SessionRecord } from '../../record.ts'
import { parseRecord } from '../../stored-record.ts'
import { inOwnFormat } from '../newer-build.ts'

/** The version of the build that has stored this; 0 if that is none. */
export const versionOf = (raw: unknown): number => {
  const { v } = Object(raw)
  return Number.isSafeInteger(v) && v > 0 ? v : 0
}

/** The record in a raw value, of either build; null if it is none. */
export const recordIn = (raw: unknown): SessionRecord | null => {
  const record = parseRecord(inOwnFormat(raw))
  return typeof record === 'string' ? null : record
}

/** Tells the model server's refresh tokens apart without showing one. */
export const tokenNumber = (refreshToken: string): string => `#${refreshToken.split('-')[2]}`

/** The sign-in that a token of the model server comes from, access tokens and refresh tokens alike. */
export const familyOf = (token: string): string => token.split('-')[1] ?? ''
