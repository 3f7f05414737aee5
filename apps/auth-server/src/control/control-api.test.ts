import { describe, expect, it } from 'vitest'
import { claimsOf, EMAIL, FakeClock, PASSWORD, TestServer } from '../test-support.ts'

const SECOND = { email: 'bob@example.com', password: PASSWORD }

describe('GET /control/grants', () => {
  it('lists every /token request in order, refusals too', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs })
    const tokens = await server.signIn()
    await server.refreshed(tokens.refresh_token)
    await server.refreshed(tokens.refresh_token)
    await server.refresh('aaaaaaaaaaaa')
    await server.auth('POST', '/token?grant_type=password', { body: { email: EMAIL, password: 'wrong one' } })
    const sessionId = claimsOf(tokens.access_token).session_id
    const common = { atMs: clock.nowMs(), answerLost: false, fault: null, tab: null }
    const { grants } = (await server.control('GET', '/grants')).body
    expect(grants).toMatchObject([
      {
        ...common,
        id: 1,
        grantType: 'password',
        sessionId,
        outcome: 'issued',
        httpStatus: 200,
        code: null,
        reuse: false,
      },
      {
        ...common,
        id: 2,
        grantType: 'refresh_token',
        sessionId,
        outcome: 'rotated',
        httpStatus: 200,
        reuse: false,
      },
      { ...common, id: 3, sessionId, outcome: 'answered-again', httpStatus: 200, reuse: true },
      {
        ...common,
        id: 4,
        sessionId: null,
        outcome: 'refused',
        httpStatus: 400,
        code: 'refresh_token_not_found',
      },
      {
        ...common,
        id: 5,
        grantType: 'password',
        sessionId: null,
        outcome: 'refused',
        code: 'invalid_credentials',
      },
    ])
  })

  it('knows the tab by a query parameter of the request or of the Referer', async () => {
    const server = await TestServer.start()
    await server.auth('POST', '/token?grant_type=refresh_token&tab=A', { body: {} })
    await server.refresh('aaaaaaaaaaaa', { headers: { Referer: 'http://app.test/?tab=B&code=x' } })
    expect((await server.control('GET', '/grants')).body.grants).toMatchObject([{ tab: 'A' }, { tab: 'B' }])
  })
})

it('GET /control/stats counts grants, data requests, users and sessions', async () => {
  const server = await TestServer.start()
  const tokens = await server.signIn()
  await server.refreshed(tokens.refresh_token)
  await server.refreshed(tokens.refresh_token)
  await server.refresh('aaaaaaaaaaaa')
  await server.request('GET', '/rest/v1/notes', { token: tokens.access_token })
  await server.request('GET', '/rest/v1/notes')
  expect((await server.control('GET', '/stats')).body).toEqual({
    grants: {
      total: 4,
      issued: 1,
      rotated: 1,
      'answered-again': 1,
      refused: 1,
      'rate-limited': 0,
      failed: 0,
      reuse: 1,
      answerLost: 0,
    },
    rest: { total: 2, valid: 1, expired: 0, invalid: 0, anon: 1 },
    realtime: { connections: 0, valid: 0, expired: 0, invalid: 0, anon: 0 },
    users: 1,
    sessions: 1,
  })
})

describe('POST /control/expire', () => {
  it.each([
    ['one session', (sessionId: string) => ({ sessionId })],
    ['a user', () => ({ email: EMAIL })],
    ['everybody', () => ({})],
  ])('ends the access tokens of %s, and not those issued after', async (_whose, bodyFor) => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs })
    const before = await server.signIn()
    const sessionId = String(claimsOf(before.access_token).session_id)
    const answer = await server.control('POST', '/expire', bodyFor(sessionId))
    expect(answer.body).toEqual({ sessionIds: [sessionId] })
    expect((await server.auth('GET', '/user', { token: before.access_token })).body.error_code).toBe(
      'bad_jwt',
    )
    const after = await server.refreshed(before.refresh_token)
    expect((await server.auth('GET', '/user', { token: after.access_token })).status).toBe(200)
  })

  it('leaves other sessions alone', async () => {
    const server = await TestServer.start()
    const [one, other] = [await server.signIn(), await server.signIn()]
    await server.control('POST', '/expire', { sessionId: claimsOf(one.access_token).session_id })
    expect((await server.auth('GET', '/user', { token: other.access_token })).status).toBe(200)
  })
})

it('POST /control/revoke deletes one session', async () => {
  const server = await TestServer.start()
  const [one, other] = [await server.signIn(), await server.signIn()]
  await server.control('POST', '/revoke', { sessionId: claimsOf(one.access_token).session_id })
  const refused = await server.auth('GET', '/user', { token: one.access_token })
  expect(refused.body).toEqual({
    code: 403,
    error_code: 'session_not_found',
    msg: 'Session from session_id claim in JWT does not exist',
  })
  await server.refreshed(other.refresh_token)
})

it('POST /control/ban refuses the access tokens and the password of the user', async () => {
  const server = await TestServer.start()
  const tokens = await server.signIn()
  expect((await server.control('POST', '/ban', { email: EMAIL })).body).toEqual({ banned: true })
  expect((await server.auth('GET', '/user', { token: tokens.access_token })).body.error_code).toBe(
    'user_banned',
  )
  const body = { email: EMAIL, password: PASSWORD }
  const refused = await server.auth('POST', '/token?grant_type=password', { body })
  expect(refused).toMatchObject({ status: 400, body: { error_code: 'user_banned' } })
})

it('POST /control/delete-user makes the user unknown', async () => {
  const server = await TestServer.start()
  const tokens = await server.signIn()
  expect((await server.control('POST', '/delete-user', { email: EMAIL })).status).toBe(204)
  const refused = await server.auth('GET', '/user', { token: tokens.access_token })
  expect(refused).toMatchObject({ status: 403, body: { error_code: 'user_not_found' } })
})

describe('POST /control/pass-time', () => {
  it('lets access tokens expire, until a reset puts the clock back', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs })
    const { access_token, expires_in } = await server.signIn()
    const { body } = await server.control('POST', '/pass-time', { ms: expires_in * 1000 })
    expect(body).toEqual({ nowMs: clock.nowMs() + expires_in * 1000 })
    expect((await server.auth('GET', '/user', { token: access_token })).body.error_code).toBe('bad_jwt')
    await server.control('POST', '/reset')
    expect((await server.control('POST', '/pass-time', { ms: 0 })).body).toEqual({ nowMs: clock.nowMs() })
  })

  it.each([{}, { ms: -1 }, { ms: '1' }, { ms: 1e15 }])('does not take %j', async (body) => {
    const server = await TestServer.start()
    expect(await server.control('POST', '/pass-time', body)).toMatchObject({
      status: 400,
      body: { code: 'option_invalid' },
    })
  })
})

describe('POST /control/reset', () => {
  it('forgets everything, and begins with the options of the start and the given ones', async () => {
    const server = await TestServer.start({ accessTokenSeconds: 120 })
    const before = await server.signIn()
    await server.control('PATCH', '/options', { accessTokenSeconds: 5 })
    await server.control('POST', '/faults', { kind: 'hang' })
    const { body } = await server.control('POST', '/reset', { algorithm: 'v2', users: [SECOND] })
    expect(body).toMatchObject({ accessTokenSeconds: 120, algorithm: 'v2', users: [{ email: SECOND.email }] })
    expect((await server.control('GET', '/stats')).body).toMatchObject({
      users: 1,
      sessions: 0,
      grants: { total: 0 },
    })
    expect((await server.control('GET', '/faults')).body).toEqual({ faults: [] })
    expect((await server.refresh(before.refresh_token)).body.error_code).toBe('refresh_token_not_found')
    const notes = await server.request('GET', '/rest/v1/notes', { token: before.access_token })
    expect(notes.body.code).toBe('PGRST301')
  })

  it.each([{ port: 1 }, { control: false }, { speed: 1 }])(
    'does not take %j, and then resets nothing',
    async (body) => {
      const server = await TestServer.start()
      await server.signIn()
      expect(await server.control('POST', '/reset', body)).toMatchObject({
        status: 400,
        body: { code: 'option_unknown' },
      })
      expect((await server.control('GET', '/grants')).body.grants).toHaveLength(1)
    },
  )
})

describe('PATCH /control/options', () => {
  it('changes the life of the next access token', async () => {
    const server = await TestServer.start()
    const { body } = await server.control('PATCH', '/options', { accessTokenSeconds: 7, rateLimit: null })
    expect(body).toMatchObject({ accessTokenSeconds: 7, rateLimit: null })
    expect(server.server.options.accessTokenSeconds).toBe(7)
    expect((await server.signIn()).expires_in).toBe(7)
  })

  it('shows no password', async () => {
    const server = await TestServer.start()
    expect((await server.control('GET', '/options')).text).not.toContain(PASSWORD)
  })

  it('refuses a value outside its range', async () => {
    const server = await TestServer.start()
    const answer = await server.control('PATCH', '/options', { algorithm: 'v3' })
    expect(answer).toMatchObject({ status: 400, body: { code: 'option_invalid' } })
  })
})

it.each([
  ['/revoke', { sessionId: 'nobody' }, 404, 'session_not_found'],
  ['/expire', { email: 'nobody@example.com' }, 404, 'user_not_found'],
  ['/ban', { email: 'nobody@example.com' }, 404, 'user_not_found'],
  ['/ban', { email: EMAIL, banned: 'yes' }, 400, 'bad_json'],
  ['/faults', '[]', 400, 'bad_json'],
])('%s answers %j with %d %s', async (path, body, status, code) => {
  const server = await TestServer.start()
  expect(await server.control('POST', path, body)).toMatchObject({ status, body: { code } })
})
