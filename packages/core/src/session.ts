import { SessionError } from './errors.ts'

/**
 * A token response of RFC 6749 section 5.1, with whatever else the provider puts in it. Member names stay as
 * on the wire.
 */
export interface Session {
  access_token: string
  /** In a snapshot this is the opaque handle, unless the coordinator runs with `refreshToken: 'plain'`. */
  refresh_token: string
  /** Seconds of validity, counted from the answer. Either this or `expires_at` is needed; this one wins. */
  expires_in?: number
  /** Seconds since the epoch. In a snapshot: by this browser's clock, whatever the server's clock says. */
  expires_at?: number
}

/** Session members that may differ between two answers without a rotation. */
export type SessionChanges<S extends Session> = Partial<Omit<S, keyof Session>>

/** A session as one tab holds it: sealed, with what is known of its validity. */
export interface HeldSession<S extends Session = Session> {
  readonly tokens: S
  /** Stands for the refresh token, from this sign-in to its sign-out. */
  readonly handle: string
  /** When the request for these tokens was sent, by this browser's clock. */
  readonly grantedAtMs: number
  readonly lifetimeMs: number
  /** The generation in which these tokens came; later generations may have changed other members only. */
  readonly rotation: number
}

// A JWT's `exp` is cut to whole seconds, so a token may be valid for up to a second less than `expires_in`.
const TRUNCATION_MS = 1000
// Small steps back of the clock are time synchronisation; larger ones make the token's age unknown.
export const CLOCK_TOLERANCE_MS = 5000

/** Far more than any server takes in a header, and little enough to be copied to fifty tabs. */
const MAX_TEXT_LENGTH = 100_000

/** Is this a text that a record or a message may carry? */
export const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_TEXT_LENGTH

const isToken = (value: unknown): boolean => isText(value) && value !== ''

/** Checks a token response and tells its lifetime in milliseconds. */
export const lifetimeOf = (session: Session, nowMs: number): number => {
  if (!session || !isToken(session.access_token) || !isToken(session.refresh_token)) {
    throw new SessionError('session_invalid')
  }
  const seconds = session.expires_in ?? (session.expires_at ?? Number.NaN) - nowMs / 1000
  if (typeof seconds !== 'number' || !Number.isFinite(seconds * 1000)) {
    throw new SessionError('expiry_invalid')
  }
  return Math.max(0, seconds * 1000 - TRUNCATION_MS)
}

/** Milliseconds for which the access token is still valid; 0 if it has expired or its age is unknown. */
export const remainingMs = (session: HeldSession, nowMs: number): number => {
  const ageMs = nowMs - session.grantedAtMs
  return ageMs < -CLOCK_TOLERANCE_MS ? 0 : Math.max(0, session.lifetimeMs - Math.max(0, ageMs))
}

/** The session as the app sees it: with the handle for a refresh token, and an expiry by this clock. */
export const presented = <S extends Session>(session: HeldSession<S>, plain: boolean): HeldSession<S> => {
  const { tokens, handle, grantedAtMs, lifetimeMs } = session
  const expires_in = Math.ceil((lifetimeMs + TRUNCATION_MS) / 1000)
  const expires_at = Math.floor(grantedAtMs / 1000) + expires_in
  const refresh_token = plain ? tokens.refresh_token : handle
  return { ...session, tokens: { ...tokens, refresh_token, expires_in, expires_at } }
}

/** A copy of what JSON can hold: what a caller gives may change, and hold what can be neither stored nor posted. */
export const dataOf = <T>(value: T): T => JSON.parse(JSON.stringify(value))
