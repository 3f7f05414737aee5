import { expect, it } from 'vitest'
import { optionsFromEnvironment } from './environment.ts'

it('an empty environment changes no option', () => {
  expect(optionsFromEnvironment({})).toEqual({})
})

it('reads every option', () => {
  const env = {
    PORT: '4000',
    LISTEN_HOST: '0.0.0.0',
    ACCESS_TOKEN_SECONDS: '60',
    REUSE_INTERVAL_SECONDS: '0',
    TOKEN_ALGORITHM: 'v2',
    PARENT_RULE: '0',
    RATE_LIMIT_PER_SECOND: '2',
    RATE_LIMIT_BURST: '5',
    LATENCY_MS: '20',
    CONTROL: '1',
    SEED_USERS: 'a@example.com:se:cret,b@example.com:other1',
  }
  expect(optionsFromEnvironment(env)).toEqual({
    port: 4000,
    host: '0.0.0.0',
    accessTokenSeconds: 60,
    reuseIntervalSeconds: 0,
    algorithm: 'v2',
    parentRule: false,
    rateLimit: { perSecond: 2, burst: 5 },
    latencyMs: 20,
    control: true,
    users: [
      { email: 'a@example.com', password: 'se:cret' },
      { email: 'b@example.com', password: 'other1' },
    ],
  })
})

it('one half of the rate limit leaves the other at its default', () => {
  expect(optionsFromEnvironment({ RATE_LIMIT_BURST: '5' })).toEqual({
    rateLimit: { perSecond: 0.5, burst: 5 },
  })
  expect(optionsFromEnvironment({ RATE_LIMIT_PER_SECOND: 'off' })).toEqual({ rateLimit: null })
})

it.each([{ PORT: 'http' }, { PORT: '' }, { CONTROL: 'maybe' }])('cannot read %j', (env) => {
  expect(() => optionsFromEnvironment(env)).toThrow(expect.objectContaining({ code: 'option_invalid' }))
})
