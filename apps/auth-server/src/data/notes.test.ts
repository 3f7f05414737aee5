import { describe, expect, it } from 'vitest'
import { ANON_KEY } from '../anon-key.ts'
import { FakeClock, TestServer, tokensOf } from '../test-support.ts'
import { MAX_NOTES, MAX_TEXT } from './notes.ts'

const notes = (server: TestServer, method: string, token: string | undefined, query = '', body?: unknown) =>
  server.request(method, `/rest/v1/notes${query}`, { body, ...(token === undefined ? {} : { token }) })

describe('the notes of a user', () => {
  it('are seen, changed and deleted by that user alone', async () => {
    const server = await TestServer.start()
    const { access_token: ada } = await server.signIn()
    const body = { email: 'bob@example.com', password: 'a password' }
    const { access_token: bob } = tokensOf(await server.auth('POST', '/signup', { body }))
    expect(await notes(server, 'POST', ada, '', { text: 'mine' })).toMatchObject({ status: 201, text: '' })
    expect((await notes(server, 'GET', bob)).text).toBe('[]')
    expect((await notes(server, 'PATCH', bob, '?id=eq.1', { text: 'his' })).status).toBe(204)
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

describe('rows are read', () => {
  const read = async (query: string, accept = 'application/json') => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs })
    const { access_token: token } = await server.signIn()
    await notes(server, 'POST', token, '', [{ text: 'b' }, { text: 'a, "quoted"' }])
    clock.advanceSeconds(1)
    await notes(server, 'POST', token, '', { text: 'a\nb' })
    return server.request('GET', `/rest/v1/notes${query}`, { token, headers: { Accept: accept } })
  }

  it.each([
    ['?select=id', [1, 2, 3]],
    ['?select=id&order=created_at.desc', [3, 1, 2]],
    ['?select=id&order=created_at.asc,text.asc', [2, 1, 3]],
    ['?select=id&order=text.desc.nullslast&offset=1&limit=1', [2]],
    ['?select=id&limit=0', []],
  ])('%s', async (query, ids) => {
    expect(JSON.parse((await read(query)).text)).toEqual(ids.map((id) => ({ id })))
  })

  it('as CSV, with what needs quotes in quotes', async () => {
    const { headers, text } = await read('?select=id,text', 'text/csv')
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(text).toBe('id,text\n1,b\n2,"a, ""quoted"""\n3,"a\nb"')
  })
})

it('a note is not added for another user than says', async () => {
  const server = await TestServer.start()
  const { access_token, user } = await server.signIn()
  const add = (user_id: unknown) => notes(server, 'POST', access_token, '', { text: 'x', user_id })
  expect((await add(user.id)).status).toBe(201)
  expect(await add('somebody')).toMatchObject({ status: 403, body: { code: '42501' } })
})

it('has room for a number of notes, and no more', async () => {
  const server = await TestServer.start()
  const { access_token } = await server.signIn()
  const rows = Array.from({ length: MAX_NOTES }, () => ({ text: 'x' }))
  expect((await notes(server, 'POST', access_token, '', rows)).status).toBe(201)
  const { status, body } = await notes(server, 'POST', access_token, '', { text: 'x' })
  expect([status, body.code]).toEqual([400, 'P0001'])
})

it('another table is not found', async () => {
  const server = await TestServer.start()
  const { access_token: token } = await server.signIn()
  const { status, body } = await server.request('GET', '/rest/v1/diaries', { token })
  expect([status, body.code]).toEqual([404, 'PGRST205'])
})

it.each([
  ['POST', '', { text: 1 }, 'PGRST102'],
  ['POST', '', '{', 'PGRST102'],
  ['POST', '', { text: 'x', id: 1 }, 'PGRST204'],
  ['POST', '', { text: '' }, '23514'],
  ['POST', '', { text: 'x'.repeat(MAX_TEXT + 1) }, '23514'],
  ['PATCH', '?id=eq.1', { text: 1 }, 'PGRST102'],
  ['PATCH', '', { text: 'x' }, '21000'],
  ['DELETE', '', undefined, '21000'],
  ['GET', '?text=eq.x', undefined, 'PGRST100'],
  ['GET', '?id=gt.1', undefined, 'PGRST100'],
  ['GET', '?limit=-1', undefined, 'PGRST100'],
  ['GET', '?offset=x', undefined, 'PGRST100'],
  ['GET', '?select=text,size', undefined, '42703'],
  ['GET', '?order=size.desc', undefined, '42703'],
])('%s %j with %j is refused with %s', async (method, query, body, code) => {
  const server = await TestServer.start()
  const { access_token } = await server.signIn()
  expect(await notes(server, method, access_token, query, body)).toMatchObject({
    status: 400,
    body: { code },
  })
})
