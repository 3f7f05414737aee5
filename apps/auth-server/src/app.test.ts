import { describe, expect, it } from 'vitest'
import { TestServer } from './test-support.ts'

const ORIGIN = { Origin: 'http://app.test' }

describe('CORS', () => {
  it.each(['/auth/v1/token', '/auth/v1/user', '/rest/v1/notes', '/control/faults'])(
    'a preflight of %s is answered 204',
    async (path) => {
      const server = await TestServer.start()
      const { status, headers } = await server.request('OPTIONS', path, {
        headers: {
          ...ORIGIN,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'apikey',
        },
      })
      expect(status).toBe(204)
      expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
      expect(headers.get('Access-Control-Allow-Methods')).toBe('GET,POST,PUT,PATCH,DELETE')
      const allowed = headers.get('Access-Control-Allow-Headers')?.split(',')
      const needed = [
        'apikey',
        'authorization',
        'x-client-info',
        'content-type',
        'x-supabase-api-version',
        'prefer',
      ]
      expect(allowed).toEqual(expect.arrayContaining(needed))
    },
  )

  it('an error is readable from another origin, its version header too', async () => {
    const server = await TestServer.start()
    const { headers } = await server.auth('GET', '/user', { headers: ORIGIN })
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(headers.get('Access-Control-Expose-Headers')).toBe('X-Total-Count,Link,X-Supabase-Api-Version')
  })

  it('a preflight does not use up a fault', async () => {
    const server = await TestServer.start()
    await server.control('POST', '/faults', { kind: 'status', match: 'all-auth' })
    await server.auth('OPTIONS', '/user', { headers: ORIGIN })
    expect((await server.control('GET', '/faults')).body.faults).toHaveLength(1)
  })
})

it('latency delays the answer and not the commit', async () => {
  const server = await TestServer.start()
  const { refresh_token } = await server.signIn()
  await server.control('PATCH', '/options', { latencyMs: 60 * 60 * 1000 })
  const committed = new Promise<void>((resolve) => {
    server.server.state.grantLog.subscribe(({ type }) => type === 'grant' && resolve())
  })
  const answer = server.refresh(refresh_token)
  await committed
  await server.control('DELETE', '/faults')
  expect((await answer).status).toBe(200)
})
