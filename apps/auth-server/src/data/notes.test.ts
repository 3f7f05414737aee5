import { describe, expect, it } from 'vitest'
import { ANON_KEY } from '../anon-key.ts'
import { FakeClock, TestServer, tokensOf } from '../test-support.ts'

const notes = (server: TestServer, method: string, token: string | undefined, query = '', body?: unknown) =>
  server.request(method, `/rest/v1/notes${query}`, { body, ...(token === undefined ? {} : { token }) })

describe('the notes of a user', () => {
  it('are seen and deleted by that user alone', async () => {
    const server = await TestServer.start()
    const { access_token: ada } = await server.signIn()
    const body = { email: 'bob@example.com', password: 'a password' }
    const { access_token: bob } = tokensOf(await server.auth('POST', '/signup', { body }))
    expect(await notes(server, 'POST', ada, '', { text: 'mine' })).toMatchObject({ status: 201, text: '' })
    expect((await notes(server, 'GET', bob)).text).toBe('[]')
    expect((await notes(server, 'DELETE', bob, '?id=eq.1')).status).toBe(204)
    expect(JSON.parse((await notes(server, 'GET', ada)).text)).toMatchObject([{ id: 1, text: 'mine' }])
    await notes(server, 'DELETE', ada, '?id=eq.1')
    expect((await notes(server, 'GET', ada)).text).toBe('[]')
  })
})

describe('nobody in particular', () => {
  it.each([undefined, ANON_KEY])('sees an empty list, and may not insert', async (token) => {
    const server = await TestServer.start()
    await notes(server, 'POST', (await server.signIn()).access_token, '', { text: 'mine' })
    expect(await notes(server, 'GET', token)).toMatchObject({ status: 200, text: '[]' })
    expect(await notes(server, 'POST', token, '', { text: 'x' })).toMatchObject({
      status: 401,
      body: { code: '42501' },
    })
  })
})

describe('a token that is refused', () => {
  it('is told apart: expired, and invalid', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs })
    const { access_token } = await server.signIn()
    clock.advanceSeconds(3600)
    const expired = { code: 'PGRST303', message: 'JWT expired', details: null, hint: null }
    expect(await notes(server, 'GET', access_token)).toMatchObject({ status: 401, body: expired })
    expect(await notes(server, 'GET', 'nonsense')).toMatchObject({ status: 401, body: { code: 'PGRST301' } })
    const { rest } = (await server.control('GET', '/stats')).body
    expect(rest).toEqual({ total: 2, valid: 0, expired: 1, invalid: 1, anon: 0 })
  })

  it('counts as expired after POST /control/expire', async () => {
    const server = await TestServer.start()
    const { access_token } = await server.signIn()
    await server.control('POST', '/expire')
    expect((await notes(server, 'GET', access_token)).body.code).toBe('PGRST303')
  })
})

it.each([
  ['POST', '', { text: 1 }, 'PGRST102'],
  ['POST', '', '{', 'PGRST102'],
  ['GET', '?text=eq.x', undefined, 'PGRST100'],
])('%s %j with %j is refused with %s', async (method, query, body, code) => {
  const server = await TestServer.start()
  const { access_token } = await server.signIn()
  expect(await notes(server, method, access_token, query, body)).toMatchObject({
    status: 400,
    body: { code },
  })
})
