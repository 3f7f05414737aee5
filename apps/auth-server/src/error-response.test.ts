import { expect, it } from 'vitest'
import { TestServer } from './test-support.ts'

const WEAK = { email: 'new@example.com', password: 'abc' }

it('answers the older shape to a request without an API version', async () => {
  const server = await TestServer.start()
  const { status, body, headers } = await server.auth('GET', '/user')
  expect(status).toBe(401)
  expect(body).toEqual({
    code: 401,
    error_code: 'no_authorization',
    msg: 'This endpoint requires a valid Bearer token',
  })
  expect(headers.get('X-Supabase-Api-Version')).toBeNull()
})

it.each(['2024-01-01', '2030-12-31'])(
  'answers the newer shape, and echoes its version, to %s',
  async (version) => {
    const server = await TestServer.start()
    const { body, headers } = await server.auth('GET', '/user', {
      headers: { 'X-Supabase-Api-Version': version },
    })
    expect(body).toEqual({ code: 'no_authorization', message: 'This endpoint requires a valid Bearer token' })
    expect(headers.get('X-Supabase-Api-Version')).toBe('2024-01-01')
  },
)

it.each(['2023-01-01', 'latest'])('answers the older shape to %s', async (version) => {
  const server = await TestServer.start()
  const { body } = await server.auth('GET', '/user', { headers: { 'X-Supabase-Api-Version': version } })
  expect(body.error_code).toBe('no_authorization')
})

it('does not echo the version on a success', async () => {
  const server = await TestServer.start()
  const { headers } = await server.auth('GET', '/health', {
    headers: { 'X-Supabase-Api-Version': '2024-01-01' },
  })
  expect(headers.get('X-Supabase-Api-Version')).toBeNull()
})

it('carries the reasons of a weak password in both shapes', async () => {
  const server = await TestServer.start()
  const weak_password = { reasons: ['length'] }
  const older = await server.auth('POST', '/signup', { body: WEAK })
  expect(older).toMatchObject({
    status: 422,
    body: { code: 422, error_code: 'weak_password', weak_password },
  })
  const headers = { 'X-Supabase-Api-Version': '2024-01-01' }
  const newer = await server.auth('POST', '/signup', { body: WEAK, headers })
  expect(newer.body).toMatchObject({ code: 'weak_password', weak_password })
})

it.each(['', '{', '[]', '"text"', 'null', '{"refresh_token":1}'])('refuses the body %j', async (body) => {
  const server = await TestServer.start()
  const answer = await server.auth('POST', '/token?grant_type=refresh_token', { body })
  expect(answer).toMatchObject({ status: 400, body: { error_code: 'bad_json' } })
  expect(answer.body.msg).toMatch(/^Could not parse request body as JSON: /)
})

it('answers 404 where there is nothing', async () => {
  const server = await TestServer.start({ control: false })
  expect((await server.request('GET', '/control/stats')).status).toBe(404)
})
