import { describe, expect, it } from 'vitest'
import { EMAIL, FakeClock, PASSWORD, TestServer, tokensOf } from '../test-support.ts'

const NEW = { email: 'New@Example.com', password: PASSWORD }

describe('GET /user', () => {
  it('answers the user', async () => {
    const server = await TestServer.start()
    const tokens = await server.signIn()
    expect((await server.auth('GET', '/user', { token: tokens.access_token })).body).toEqual(tokens.user)
  })

  it.each([
    ['no token', undefined, 401, 'no_authorization'],
    ['a token that is no JWT', 'anon', 403, 'bad_jwt'],
  ])('refuses %s', async (_what, token, status, error_code) => {
    const server = await TestServer.start()
    const answer = await server.auth('GET', '/user', token === undefined ? {} : { token })
    expect(answer).toMatchObject({ status, body: { error_code } })
  })

  it('refuses an expired token', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ accessTokenSeconds: 60, nowMs: clock.nowMs })
    const { access_token } = await server.signIn()
    clock.advanceSeconds(60)
    const { status, body } = await server.auth('GET', '/user', { token: access_token })
    expect(status).toBe(403)
    expect(body).toMatchObject({ error_code: 'bad_jwt', msg: expect.stringContaining('token is expired') })
  })
})

describe('PUT /user', () => {
  const put = (server: TestServer, token: string, body: object) =>
    server.auth('PUT', '/user', { token, body })

  it('merges metadata, removes what is null, and answers no tokens', async () => {
    const server = await TestServer.start()
    const { access_token } = await server.signIn()
    await put(server, access_token, { data: { name: 'Ada', age: 36 } })
    const { body } = await put(server, access_token, { data: { age: null, born: 1815 } })
    expect(body.user_metadata).toEqual({ name: 'Ada', born: 1815 })
    expect(body).not.toHaveProperty('access_token')
  })

  it('a new password signs the other sessions out', async () => {
    const server = await TestServer.start()
    const [mine, other] = [await server.signIn(), await server.signIn()]
    expect((await put(server, mine.access_token, { password: 'another horse' })).status).toBe(200)
    await server.refreshed(mine.refresh_token)
    expect((await server.refresh(other.refresh_token)).body.error_code).toBe('refresh_token_not_found')
    const body = { email: EMAIL, password: 'another horse' }
    expect((await server.auth('POST', '/token?grant_type=password', { body })).status).toBe(200)
  })

  it.each([
    ['the same password', { password: PASSWORD }, 422, 'same_password'],
    ['a short password', { password: 'short' }, 422, 'weak_password'],
    ['an address that is taken', { email: 'bob@example.com' }, 422, 'email_exists'],
    ['a text that is no address', { email: 'nonsense' }, 400, 'validation_failed'],
  ])('refuses %s', async (_what, body, status, error_code) => {
    const server = await TestServer.start({
      users: [
        { email: EMAIL, password: PASSWORD },
        { email: 'bob@example.com', password: PASSWORD },
      ],
    })
    const { access_token } = await server.signIn()
    expect(await put(server, access_token, body)).toMatchObject({ status, body: { error_code } })
  })

  it('makes an anonymous user a permanent one', async () => {
    const server = await TestServer.start()
    const { access_token } = tokensOf(await server.auth('POST', '/signup', { body: {} }))
    const alone = await put(server, access_token, { password: PASSWORD })
    expect(alone).toMatchObject({ status: 422, body: { error_code: 'validation_failed' } })
    const { body } = await put(server, access_token, { ...NEW })
    expect(body).toMatchObject({ email: 'new@example.com', is_anonymous: false })
  })
})
