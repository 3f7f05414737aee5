import type { SessionRecord } from '../../record.ts'
import { parseRecord } from '../../stored-record.ts'

/** The record in a raw value; null if it is not one of this build. */
export const recordIn = (raw: unknown): SessionRecord | null => {
  const record = parseRecord(raw)
  return typeof record === 'string' ? null : record
}

/** Tells the model server's refresh tokens apart without showing one. */
export const tokenNumber = (refreshToken: string): string => `#${refreshToken.split('-')[2]}`

/** The sign-in that a token of the model server comes from, access tokens and refresh tokens alike. */
export const familyOf = (token: string): string => token.split('-')[1] ?? ''
