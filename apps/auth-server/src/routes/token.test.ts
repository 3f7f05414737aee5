import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { claimsOf, EMAIL, FakeClock, PASSWORD, TestServer } from '../test-support.ts'

const password = (server: TestServer, body: object) =>
  server.auth('POST', '/token?grant_type=password', { body })

describe('the password grant', () => {
  it('answers tokens with the claims of Supabase Auth', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs, accessTokenSeconds: 60 })
    const tokens = await server.signIn()
    const now = clock.nowMs() / 1000
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 60, expires_at: now + 60 })
    expect(tokens.user).toMatchObject({ email: EMAIL, aud: 'authenticated', is_anonymous: false })
    expect(claimsOf(tokens.access_token)).toEqual({
      iss: `${server.server.url}/auth/v1`,
      sub: tokens.user.id,
      aud: 'authenticated',
      exp: now + 60,
      iat: now,
      email: EMAIL,
      phone: '',
      app_metadata: { provider: 'email', providers: ['email'] },
      user_metadata: {},
      role: 'authenticated',
      aal: 'aal1',
      amr: [{ method: 'password', timestamp: now }],
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      is_anonymous: false,
    })
  })

  it('finds the address whatever its case', async () => {
    const server = await TestServer.start()
    expect((await password(server, { email: EMAIL.toUpperCase(), password: PASSWORD })).status).toBe(200)
  })

  it.each([
    { email: EMAIL, password: 'wrong one' },
    { email: EMAIL },
    { email: 'nobody@example.com', password: PASSWORD },
  ])('refuses bad credentials, always in the same words', async (body) => {
    const server = await TestServer.start()
    expect((await password(server, body)).body).toEqual({
      code: 400,
      error_code: 'invalid_credentials',
      msg: 'Invalid login credentials',
    })
  })

  it('needs an address', async () => {
    const server = await TestServer.start()
    expect((await password(server, {})).body.error_code).toBe('validation_failed')
  })
})

it.each(['', 'id_token', 'constructor'])('the grant type %j is not supported', async (grantType) => {
  const server = await TestServer.start()
  const { body } = await server.auth('POST', `/token?grant_type=${grantType}`, { body: {} })
  expect(body).toEqual({ code: 400, error_code: 'invalid_credentials', msg: 'unsupported_grant_type' })
})

describe('the rate limit', () => {
  it('is shared by all grants, comes before everything else, and refills', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs, rateLimit: { perSecond: 0.5, burst: 2 } })
    const tokens = await server.signIn()
    await server.refreshed(tokens.refresh_token)
    const refused = await server.auth('POST', '/token?grant_type=pkce', { body: 'not json' })
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 429, error_code: 'over_request_rate_limit', msg: 'Request rate limit reached' },
    })
    expect(refused.headers.get('Retry-After')).toBeNull()
    clock.advanceSeconds(2)
    await server.refreshed(tokens.refresh_token)
    const { grants } = (await server.control('GET', '/grants')).body
    expect(grants).toMatchObject([
      { outcome: 'issued' },
      { outcome: 'rotated' },
      { outcome: 'rate-limited', grantType: 'pkce', httpStatus: 429, code: 'over_request_rate_limit' },
      { outcome: 'answered-again' },
    ])
  })

  it('answers a burst of 30 by default, as Supabase', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs, rateLimit: { perSecond: 0.5, burst: 30 } })
    const tokens = await server.signIn()
    const answers = await Promise.all(Array.from({ length: 30 }, () => server.refresh(tokens.refresh_token)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(29)
    const { grants } = (await server.control('GET', '/stats')).body
    expect(grants).toMatchObject({ rotated: 1, 'answered-again': 28, 'rate-limited': 1 })
  })
})

describe('the pkce grant', () => {
  const verifier = randomBytes(48).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')

  /** Follows the provider's page to the code that comes back. */
  async function codeFor(server: TestServer, query: Record<string, string>): Promise<string> {
    const all = new URLSearchParams({ provider: 'github', redirect_to: 'http://app.test/', ...query })
    const page = await server.auth('GET', `/authorize?${all}`)
    const state = /name="state" value="([^"]+)"/.exec(page.text)?.[1]
    const { headers } = await server.auth('GET', `/callback?state=${state}`)
    return new URL(headers.get('Location') ?? '').searchParams.get('code') ?? ''
  }

  const exchange = (server: TestServer, auth_code: string, code_verifier: string) =>
    server.auth('POST', '/token?grant_type=pkce', { body: { auth_code, code_verifier } })

  it.each([
    ['s256', challenge],
    ['S256', challenge],
    ['plain', verifier],
  ])(
    'exchanges a code for tokens, once, with the method %s',
    async (code_challenge_method, code_challenge) => {
      const server = await TestServer.start()
      const code = await codeFor(server, { code_challenge, code_challenge_method })
      const { body } = await exchange(server, code, verifier)
      expect(body).toMatchObject({ user: { email: EMAIL }, provider_token: expect.any(String) })
      expect(claimsOf(String(body.access_token)).amr).toMatchObject([{ method: 'oauth' }])
      const again = await exchange(server, code, verifier)
      expect(again).toMatchObject({ status: 404, body: { error_code: 'flow_state_not_found' } })
    },
  )

  it('refuses another verifier', async () => {
    const server = await TestServer.start()
    const code = await codeFor(server, { code_challenge: challenge, code_challenge_method: 's256' })
    const refused = await exchange(server, code, randomBytes(48).toString('base64url'))
    expect(refused).toMatchObject({ status: 400, body: { error_code: 'bad_code_verifier' } })
  })

  it('refuses a code after five minutes', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs })
    const code = await codeFor(server, { code_challenge: challenge, code_challenge_method: 's256' })
    clock.advanceSeconds(301)
    const refused = await exchange(server, code, verifier)
    expect(refused).toMatchObject({ status: 422, body: { error_code: 'flow_state_expired' } })
  })

  it('needs both code and verifier', async () => {
    const server = await TestServer.start()
    expect((await exchange(server, '', '')).body.error_code).toBe('validation_failed')
  })
})
