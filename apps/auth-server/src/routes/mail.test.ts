import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Mail } from '../mailbox.ts'
import { claimsOf, EMAIL, FakeClock, TestServer, tokensOf } from '../test-support.ts'

const TARGET = 'http://app.test/welcome?x=1'
const VERIFIER = randomBytes(48).toString('base64url')
const PKCE = { code_challenge: VERIFIER, code_challenge_method: 'plain' }

async function send(server: TestServer, path: string, body: object, token?: string): Promise<void> {
  const method = path === '/user' ? 'PUT' : 'POST'
  const address = `${path}?redirect_to=${encodeURIComponent(TARGET)}`
  const { status } = await server.auth(method, address, { body, ...(token === undefined ? {} : { token }) })
  expect(status).toBe(200)
}

async function newest(server: TestServer, email = EMAIL): Promise<Mail> {
  const { mail } = (await server.control('GET', `/mail?email=${encodeURIComponent(email)}`)).body
  const [first] = mail as Mail[]
  if (!first) throw new Error('no mail')
  return first
}

/** Where a link leads: the address without its fragment, and the members of the fragment. */
async function follow({ link }: Mail) {
  const { status, headers } = await fetch(link, { redirect: 'manual' })
  expect(status).toBe(303)
  const [address = '', fragment = ''] = (headers.get('Location') ?? '').split('#')
  return { address, members: new URLSearchParams(fragment) }
}

const verify = (server: TestServer, body: object) => server.auth('POST', '/verify', { body })

describe.each([
  ['/otp', 'magiclink', 'Your Magic Link'],
  ['/magiclink', 'magiclink', 'Your Magic Link'],
  ['/recover', 'recovery', 'Reset Your Password'],
])('POST %s', (path, type, subject) => {
  it('sends a letter whose link ends with tokens in the fragment', async () => {
    const server = await TestServer.start()
    await send(server, path, { email: EMAIL })
    const mail = await newest(server)
    expect(mail).toMatchObject({ to: EMAIL, type, subject, otp: expect.stringMatching(/^\d{6}$/) })
    const { address, members } = await follow(mail)
    expect(address).toBe(TARGET)
    expect(members.get('type')).toBe(type)
    expect(claimsOf(members.get('access_token') ?? '')).toMatchObject({
      email: EMAIL,
      amr: [{ method: 'otp' }],
    })
  })

  it('with a code challenge sends a link that ends with a code', async () => {
    const server = await TestServer.start()
    await send(server, path, { email: EMAIL, ...PKCE })
    const { address, members } = await follow(await newest(server))
    expect([...members.keys()]).toEqual([])
    const auth_code = new URL(address).searchParams.get('code')
    const body = { auth_code, code_verifier: VERIFIER }
    const tokens = tokensOf(await server.auth('POST', '/token?grant_type=pkce', { body }))
    expect(claimsOf(tokens.access_token)).toMatchObject({ email: EMAIL, amr: [{ method: type }] })
  })

  it.each([{}, PKCE])('sends a code to type, good once', async (challenge) => {
    const server = await TestServer.start()
    await send(server, path, { email: EMAIL, ...challenge })
    const { otp } = await newest(server)
    const body = { email: EMAIL, token: otp, type: type === 'magiclink' ? 'email' : type }
    expect((await verify(server, body)).status).toBe(200)
    expect((await verify(server, body)).body).toMatchObject({ error_code: 'otp_expired' })
  })

  it('sends a hash that can be verified alone', async () => {
    const server = await TestServer.start()
    await send(server, path, { email: EMAIL })
    const { tokenHash } = await newest(server)
    expect((await verify(server, { token_hash: tokenHash, type })).status).toBe(200)
  })

  it('makes the letter before it useless', async () => {
    const server = await TestServer.start()
    await send(server, path, { email: EMAIL })
    const old = await newest(server)
    await send(server, path, { email: EMAIL })
    expect((await follow(old)).members.get('error_code')).toBe('otp_expired')
    expect((await follow(await newest(server))).members.get('access_token')).not.toBeNull()
  })
})

describe('an address that is not known', () => {
  it('is signed up by /otp', async () => {
    const server = await TestServer.start()
    await send(server, '/otp', { email: 'New@example.com', data: { name: 'New' } })
    const { members } = await follow(await newest(server, 'new@example.com'))
    expect(claimsOf(members.get('access_token') ?? '').user_metadata).toEqual({ name: 'New' })
  })

  it('is refused by /otp when it must not create users', async () => {
    const server = await TestServer.start()
    const answer = await server.auth('POST', '/otp', {
      body: { email: 'new@example.com', create_user: false },
    })
    expect(answer).toMatchObject({ status: 422, body: { error_code: 'otp_disabled' } })
  })

  it('is not told apart by /recover', async () => {
    const server = await TestServer.start()
    await send(server, '/recover', { email: 'new@example.com' })
    expect((await server.control('GET', '/mail')).body.mail).toEqual([])
  })
})

describe('a link that fails', () => {
  it('returns with the error in the fragment, and in the query too for PKCE', async () => {
    const server = await TestServer.start()
    for (const challenge of [{}, PKCE]) {
      await send(server, '/otp', { email: EMAIL, ...challenge })
      const mail = await newest(server)
      await follow(mail)
      const { address, members } = await follow(mail)
      const error = {
        error: 'access_denied',
        error_code: 'otp_expired',
        error_description: 'Email link is invalid or has expired',
      }
      expect(Object.fromEntries(members)).toEqual({ ...error, sb: '' })
      const query = Object.fromEntries(new URL(address).searchParams)
      expect(query).toEqual('code_challenge' in challenge ? { x: '1', ...error } : { x: '1' })
    }
  })

  it('fails after an hour', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs })
    await send(server, '/otp', { email: EMAIL })
    clock.advanceSeconds(3601)
    expect((await follow(await newest(server))).members.get('error_code')).toBe('otp_expired')
  })

  it('fails for a banned user', async () => {
    const server = await TestServer.start()
    await send(server, '/otp', { email: EMAIL })
    await server.control('POST', '/ban', { email: EMAIL })
    expect((await follow(await newest(server))).members.get('error_code')).toBe('user_banned')
  })
})

describe('a new address', () => {
  it('takes effect when the letter sent to it is answered', async () => {
    const server = await TestServer.start()
    const { access_token } = await server.signIn()
    await send(server, '/user', { email: 'lovelace@example.com' }, access_token)
    const before = await server.auth('GET', '/user', { token: access_token })
    expect(before.body).toMatchObject({ email: EMAIL, new_email: 'lovelace@example.com' })
    const { members } = await follow(await newest(server, 'lovelace@example.com'))
    expect(claimsOf(members.get('access_token') ?? '').email).toBe('lovelace@example.com')
    const after = await server.auth('GET', '/user', { token: access_token })
    expect(after.body).toMatchObject({ email: 'lovelace@example.com' })
    expect(after.body).not.toHaveProperty('new_email')
  })
})

it.each([
  ['no token', { type: 'email' }, 'validation_failed'],
  ['a token and a hash', { type: 'email', token: '1', token_hash: '2' }, 'validation_failed'],
  ['a token without its address', { type: 'email', token: '123456' }, 'validation_failed'],
  ['no type', { token: '123456', email: EMAIL }, 'validation_failed'],
  ['an unknown type', { type: 'constructor', token: '123456', email: EMAIL }, 'validation_failed'],
  ['a token that was never sent', { type: 'email', token: '123456', email: EMAIL }, 'otp_expired'],
  ['a type that is never sent', { type: 'signup', token: '123456', email: EMAIL }, 'otp_expired'],
])('POST /verify refuses %s', async (_what, body, error_code) => {
  const server = await TestServer.start()
  expect((await verify(server, body)).body).toMatchObject({ error_code })
})

it.each(['type=email', 'token=x'])('GET /verify with only %s has nothing to return to', async (query) => {
  const server = await TestServer.start()
  expect((await server.auth('GET', `/verify?${query}`)).body).toMatchObject({
    error_code: 'validation_failed',
  })
})

it.each([
  ['/otp', {}],
  ['/otp', { email: 'nonsense' }],
  ['/recover', {}],
  ['/otp', { email: EMAIL, code_challenge: 'x' }],
])('POST %s refuses %j', async (path, body) => {
  const server = await TestServer.start()
  expect((await server.auth('POST', path, { body })).body).toMatchObject({ error_code: 'validation_failed' })
})
