import { AuthServerError } from './errors.ts'

/** A bucket of `burst` requests, refilled at `perSecond`, one per IP address. */
export interface RateLimit {
  /** Requests per second, > 0. */
  readonly perSecond: number
  /** Requests, an integer >= 1. */
  readonly burst: number
}

/** A user that exists from the start, with a confirmed e-mail address. */
export interface SeedUser {
  readonly email: string
  readonly password: string
}

/** What the server is started with. Every member is optional; {@link DEFAULT_OPTIONS} has the defaults. */
export interface AuthServerOptions {
  /** TCP port, 0 to 65535. Default 0: any free one. */
  readonly port: number
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host: string
  /** Life of an access token in seconds, an integer >= 1. Default 3600, as Supabase. */
  readonly accessTokenSeconds: number
  /** How long a consumed refresh token still refreshes, in seconds, >= 0. Default 10, as on the hosted platform. */
  readonly reuseIntervalSeconds: number
  /** Refresh token algorithm of new sessions; a session keeps the one it began with. Default `v1`. */
  readonly algorithm: 'v1' | 'v2'
  /**
   * Whether a client that lost the last answer may present its old token again at any time. Default true, as Supabase.
   * False is strict: v1 without the parent-of-active rule, v2 without the allowance for a difference of one.
   */
  readonly parentRule: boolean
  /** Shared by all `/token` grants of one IP address; null is off. Default 0.5 per second with a burst of 30, as Supabase. */
  readonly rateLimit: RateLimit | null
  /** Mounts the control API under `/control`. Default false: it can do anything, and asks for no credentials. */
  readonly control: boolean
  /** Added to every answer of `/auth` and `/rest`, in milliseconds, >= 0. Default 0. The commit is not delayed. */
  readonly latencyMs: number
  /** The server's clock, in milliseconds since 1970. Default `Date.now`. */
  readonly nowMs: () => number
  /** Users that exist at the start. Default none. */
  readonly users: readonly SeedUser[]
}

/** The options that may change while the server runs. */
export const LIVE_OPTIONS = [
  'accessTokenSeconds',
  'reuseIntervalSeconds',
  'algorithm',
  'parentRule',
  'rateLimit',
  'latencyMs',
] as const satisfies readonly (keyof AuthServerOptions)[]

export const DEFAULT_OPTIONS: AuthServerOptions = {
  port: 0,
  host: '127.0.0.1',
  accessTokenSeconds: 60 * 60,
  reuseIntervalSeconds: 10,
  algorithm: 'v1',
  parentRule: true,
  rateLimit: { perSecond: 0.5, burst: 30 },
  control: false,
  latencyMs: 0,
  nowMs: Date.now,
  users: [],
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isString = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isRateLimit = (value: unknown) =>
  value === null ||
  (isObject(value) &&
    isNumber(value.perSecond) &&
    value.perSecond > 0 &&
    Number.isInteger(value.burst) &&
    Number(value.burst) >= 1)

const isSeedUsers = (value: unknown) =>
  Array.isArray(value) &&
  value.every((user) => isObject(user) && isString(user.email) && isString(user.password))

/** For each option: whether a value is acceptable, and the words for what is. */
const RULES: Record<keyof AuthServerOptions, readonly [(value: unknown) => boolean, string]> = {
  port: [
    (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65535,
    'an integer from 0 to 65535',
  ],
  host: [isString, 'a host name or an address'],
  accessTokenSeconds: [(value) => Number.isInteger(value) && Number(value) >= 1, 'an integer >= 1'],
  reuseIntervalSeconds: [(value) => isNumber(value) && value >= 0, 'a number >= 0'],
  algorithm: [(value) => value === 'v1' || value === 'v2', "'v1' or 'v2'"],
  parentRule: [(value) => typeof value === 'boolean', 'a boolean'],
  rateLimit: [isRateLimit, 'null or { perSecond > 0, burst: an integer >= 1 }'],
  control: [(value) => typeof value === 'boolean', 'a boolean'],
  latencyMs: [(value) => isNumber(value) && value >= 0, 'a number >= 0'],
  nowMs: [(value) => typeof value === 'function', 'a function'],
  users: [isSeedUsers, 'a list of { email, password }'],
}

/**
 * Puts `changes` over `base`. A member that is undefined changes nothing.
 * @param allowed The names that `changes` may hold. Default: all.
 * @throws {AuthServerError} `option_unknown`: a name that does not exist or may not be changed here.
 * @throws {AuthServerError} `option_invalid`: a value outside its range.
 */
export function mergeOptions(
  base: AuthServerOptions,
  changes: Readonly<Record<string, unknown>>,
  allowed: readonly string[] = Object.keys(RULES),
): AuthServerOptions {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    if (!allowed.includes(name)) throw new AuthServerError('option_unknown', `${name} cannot be set here`)
    const [accepts, expected] = RULES[name as keyof AuthServerOptions]
    // The value stays out of the message: a seed user's password could be in it.
    if (!accepts(value)) throw new AuthServerError('option_invalid', `${name} must be ${expected}`)
  }
  return { ...base, ...Object.fromEntries(given) }
}
