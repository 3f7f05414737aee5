import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { claimsOf, FakeClock, TestServer, tokensOf } from '../test-support.ts'
import type { TokenResponse } from '../token-response.ts'

interface Enrolled {
  readonly id: string
  readonly secret: string
}

async function start(algorithm: 'v1' | 'v2' = 'v1') {
  const clock = new FakeClock()
  const server = await TestServer.start({ algorithm, nowMs: clock.nowMs })
  return { clock, server, tokens: await server.signIn() }
}

const enroll = (server: TestServer, { access_token }: TokenResponse, friendly_name = 'phone') =>
  server.auth('POST', '/factors', { token: access_token, body: { factor_type: 'totp', friendly_name } })

async function enrolled(server: TestServer, tokens: TokenResponse): Promise<Enrolled> {
  const { body } = await enroll(server, tokens)
  return { id: String(body.id), secret: (body.totp as { secret: string }).secret }
}

const codeAt = ({ secret }: Enrolled, timestamp: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp })

async function challenge(
  server: TestServer,
  { access_token }: TokenResponse,
  { id }: Enrolled,
): Promise<string> {
  const { body } = await server.auth('POST', `/factors/${id}/challenge`, { token: access_token, body: {} })
  return String(body.id)
}

async function verify(server: TestServer, tokens: TokenResponse, factor: Enrolled, code: string) {
  const challenge_id = await challenge(server, tokens, factor)
  return verifyWith(server, tokens, factor, { challenge_id, code })
}

const verifyWith = (server: TestServer, { access_token }: TokenResponse, { id }: Enrolled, body: object) =>
  server.auth('POST', `/factors/${id}/verify`, { token: access_token, body })

describe('enrolling', () => {
  it('answers a secret, its address and a picture of it', async () => {
    const { server, tokens } = await start()
    const { body } = await enroll(server, tokens)
    expect(body).toMatchObject({ type: 'totp', friendly_name: 'phone' })
    expect(body.totp).toMatchObject({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: expect.stringMatching(/^otpauth:\/\/totp\//),
      qr_code: expect.stringMatching(/^<svg/),
    })
    const user = await server.auth('GET', '/user', { token: tokens.access_token })
    expect(user.body.factors).toMatchObject([{ id: body.id, status: 'unverified', factor_type: 'totp' }])
  })

  it('refuses a name that is taken', async () => {
    const { server, tokens } = await start()
    await enroll(server, tokens)
    expect((await enroll(server, tokens)).body.error_code).toBe('mfa_factor_name_conflict')
  })

  it('refuses an eleventh factor', async () => {
    const { server, tokens } = await start()
    for (let count = 0; count < 10; count += 1) await enroll(server, tokens, `factor ${count}`)
    expect((await enroll(server, tokens)).body.error_code).toBe('too_many_enrolled_mfa_factors')
  })

  it('refuses a factor that is not TOTP', async () => {
    const { server, tokens } = await start()
    const answer = await server.auth('POST', '/factors', {
      token: tokens.access_token,
      body: { factor_type: 'phone' },
    })
    expect(answer.body.error_code).toBe('validation_failed')
  })

  it('refuses an anonymous user', async () => {
    const { server } = await start()
    const anonymous = tokensOf(await server.auth('POST', '/signup', { body: {} }))
    expect((await enroll(server, anonymous)).body.error_code).toBe('no_authorization')
  })
})

describe.each(['v1', 'v2'] as const)('verifying, with %s tokens', (algorithm) => {
  it('raises the same session to aal2, and rotates its tokens', async () => {
    const { server, clock, tokens } = await start(algorithm)
    const factor = await enrolled(server, tokens)
    clock.advanceSeconds(1)
    const raised = tokensOf(await verify(server, tokens, factor, codeAt(factor, clock.nowMs())))
    expect(claimsOf(raised.access_token)).toMatchObject({
      aal: 'aal2',
      amr: [{ method: 'totp' }, { method: 'password' }],
      session_id: claimsOf(tokens.access_token).session_id,
    })
    expect(raised.refresh_token === tokens.refresh_token).toBe(false)
    expect(raised.user.factors).toMatchObject([{ status: 'verified' }])
    const refreshed = await server.refreshed(raised.refresh_token)
    expect(claimsOf(refreshed.access_token).aal).toBe('aal2')
  })

  it('signs the sessions out that stay at aal1, and removes unverified factors', async () => {
    const { server, clock, tokens } = await start(algorithm)
    const other = await server.signIn()
    await enroll(server, tokens, 'unused')
    const factor = await enrolled(server, tokens)
    const raised = tokensOf(await verify(server, tokens, factor, codeAt(factor, clock.nowMs())))
    expect((await server.refresh(other.refresh_token)).body.error_code).toBe('refresh_token_not_found')
    expect(raised.user.factors).toHaveLength(1)
  })
})

it.each([
  ['v1', 200],
  ['v2', 400],
] as const)(
  'after verifying, a %s refresh token of before is answered %d once the interval is over',
  async (algorithm, status) => {
    const { server, clock, tokens } = await start(algorithm)
    const factor = await enrolled(server, tokens)
    await verify(server, tokens, factor, codeAt(factor, clock.nowMs()))
    clock.advanceSeconds(11)
    expect((await server.refresh(tokens.refresh_token)).status).toBe(status)
  },
)

describe('a verification that fails', () => {
  it('takes the codes of the steps before and after, and no others', async () => {
    const { server, clock, tokens } = await start()
    const factor = await enrolled(server, tokens)
    for (const steps of [-2, 2]) {
      const refused = await verify(server, tokens, factor, codeAt(factor, clock.nowMs() + steps * 30_000))
      expect(refused).toMatchObject({ status: 422, body: { error_code: 'mfa_verification_failed' } })
    }
    for (const steps of [-1, 1]) {
      const code = codeAt(factor, clock.nowMs() + steps * 30_000)
      expect((await verify(server, tokens, factor, code)).status).toBe(200)
    }
  })

  it('refuses an unknown challenge, an old one, and no code', async () => {
    const { server, clock, tokens } = await start()
    const factor = await enrolled(server, tokens)
    const challenge_id = await challenge(server, tokens, factor)
    const send = async (body: object) => (await verifyWith(server, tokens, factor, body)).body.error_code
    expect(await send({ challenge_id, code: '' })).toBe('validation_failed')
    expect(await send({ challenge_id: 'unknown', code: '123456' })).toBe('mfa_factor_not_found')
    clock.advanceSeconds(301)
    expect(await send({ challenge_id, code: '123456' })).toBe('mfa_challenge_expired')
  })

  it('does not know the factor of another user', async () => {
    const { server, tokens } = await start()
    const factor = await enrolled(server, tokens)
    const body = { email: 'bob@example.com', password: 'a password' }
    const other = tokensOf(await server.auth('POST', '/signup', { body }))
    const answer = await verifyWith(server, other, factor, { challenge_id: 'x', code: '123456' })
    expect(answer).toMatchObject({ status: 404, body: { error_code: 'mfa_factor_not_found' } })
  })
})

describe('with a verified factor', () => {
  async function startVerified() {
    const { server, clock, tokens } = await start()
    const factor = await enrolled(server, tokens)
    const raised = tokensOf(await verify(server, tokens, factor, codeAt(factor, clock.nowMs())))
    return { server, factor, raised, low: await server.signIn() }
  }

  it('an aal1 session can neither enroll, nor remove it, nor change the password', async () => {
    const { server, factor, low } = await startVerified()
    const token = low.access_token
    const answers = [
      await enroll(server, low, 'another'),
      await server.auth('DELETE', `/factors/${factor.id}`, { token }),
      await server.auth('PUT', '/user', { token, body: { password: 'another horse' } }),
    ]
    expect(answers.map(({ status, body }) => [status, body.error_code])).toEqual([
      [403, 'insufficient_aal'],
      [422, 'insufficient_aal'],
      [401, 'insufficient_aal'],
    ])
  })

  it('removing it lets its sessions fall back to aal1', async () => {
    const { server, factor, raised } = await startVerified()
    const answer = await server.auth('DELETE', `/factors/${factor.id}`, { token: raised.access_token })
    expect(answer).toMatchObject({ status: 200, body: { id: factor.id } })
    const refreshed = await server.refreshed(raised.refresh_token)
    expect(claimsOf(refreshed.access_token).aal).toBe('aal1')
    expect(refreshed.user).not.toHaveProperty('factors')
  })
})
