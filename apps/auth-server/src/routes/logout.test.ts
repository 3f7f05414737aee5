import { describe, expect, it } from 'vitest'
import { TestServer } from '../test-support.ts'

describe('POST /logout', () => {
  it.each([
    ['global', [400, 400, 400]],
    ['', [400, 400, 400]],
    ['local', [400, 200, 200]],
    ['others', [200, 400, 400]],
  ])('with the scope %j leaves these sessions: %j', async (scope, expected) => {
    const server = await TestServer.start()
    const sessions = [await server.signIn(), await server.signIn(), await server.signIn()]
    const token = sessions[0]?.access_token ?? ''
    const answer = await server.auth('POST', scope === '' ? '/logout' : `/logout?scope=${scope}`, { token })
    expect(answer).toMatchObject({ status: 204, text: '' })
    const refreshes = await Promise.all(sessions.map((each) => server.refresh(each.refresh_token)))
    expect(refreshes.map(({ status }) => status)).toEqual(expected)
  })

  it('refuses an unknown scope', async () => {
    const server = await TestServer.start()
    const { access_token } = await server.signIn()
    const answer = await server.auth('POST', '/logout?scope=all', { token: access_token })
    expect(answer).toMatchObject({ status: 400, body: { msg: 'Unsupported logout scope "all"' } })
  })

  it('leaves the access token good for data until it expires', async () => {
    const server = await TestServer.start()
    const { access_token } = await server.signIn()
    await server.auth('POST', '/logout', { token: access_token })
    expect((await server.request('GET', '/rest/v1/notes', { token: access_token })).status).toBe(200)
    expect((await server.auth('GET', '/user', { token: access_token })).body.error_code).toBe(
      'session_not_found',
    )
  })
})
