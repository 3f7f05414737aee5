import { AuthServerError } from './errors.ts'
import { type AuthServerOptions, DEFAULT_OPTIONS, type SeedUser } from './options.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads start options from environment variables; see the README for their names. An unset variable changes nothing.
 * Whether the values are in range is for `startAuthServer` to say.
 * @throws {AuthServerError} `option_invalid`: text that cannot be read at all.
 */
export function optionsFromEnvironment(env: Environment): Partial<AuthServerOptions> {
  const given = {
    port: number(env, 'PORT'),
    host: env.LISTEN_HOST,
    accessTokenSeconds: number(env, 'ACCESS_TOKEN_SECONDS'),
    reuseIntervalSeconds: number(env, 'REUSE_INTERVAL_SECONDS'),
    algorithm: env.TOKEN_ALGORITHM,
    parentRule: flag(env, 'PARENT_RULE'),
    rateLimit: rateLimit(env),
    latencyMs: number(env, 'LATENCY_MS'),
    control: flag(env, 'CONTROL'),
    users: users(env),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function number(env: Environment, name: string): number | undefined {
  const text = env[name]
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value))
    throw new AuthServerError('option_invalid', `${name} must be a number`)
  return value
}

function flag(env: Environment, name: string): boolean | undefined {
  const text = env[name]
  if (text === undefined) return undefined
  if (text === '1' || text === 'true') return true
  if (text === '0' || text === 'false') return false
  throw new AuthServerError('option_invalid', `${name} must be 1 or 0`)
}

/** `RATE_LIMIT_PER_SECOND=off` switches the limit off. */
function rateLimit(env: Environment): AuthServerOptions['rateLimit'] | undefined {
  if (env.RATE_LIMIT_PER_SECOND === 'off') return null
  const perSecond = number(env, 'RATE_LIMIT_PER_SECOND')
  const burst = number(env, 'RATE_LIMIT_BURST')
  if (perSecond === undefined && burst === undefined) return undefined
  return {
    perSecond: perSecond ?? DEFAULT_OPTIONS.rateLimit?.perSecond ?? 0,
    burst: burst ?? DEFAULT_OPTIONS.rateLimit?.burst ?? 0,
  }
}

/** `SEED_USERS=a@example.com:password,b@example.com:password` */
function users(env: Environment): SeedUser[] | undefined {
  return env.SEED_USERS?.split(',').map((entry) => {
    const [email = '', ...password] = entry.split(':')
    return { email, password: password.join(':') }
  })
}
