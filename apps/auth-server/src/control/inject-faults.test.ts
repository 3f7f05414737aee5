import { describe, expect, it } from 'vitest'
import { TestServer } from '../test-support.ts'
import type { GrantEntry } from './grant-log.ts'

const HOUR_MS = 60 * 60 * 1000

async function start() {
  const server = await TestServer.start()
  const { refresh_token } = await server.signIn()
  const fault = (body: object) => server.control('POST', '/faults', body)
  const grants = () => server.server.state.grantLog.entries.slice(1)
  /** Resolves with the first entry after the sign-in, in the state that is asked for. */
  const grant = (isWanted: (entry: GrantEntry) => boolean = () => true) =>
    new Promise<GrantEntry>((resolve) => {
      server.server.state.grantLog.subscribe((event) => {
        if (event.type !== 'snapshot' && isWanted(event.grant)) resolve(event.grant)
      })
    })
  return {
    server,
    refresh: () => server.refresh(refresh_token),
    refreshToken: refresh_token,
    fault,
    grants,
    grant,
  }
}

const NOT_FAULTS: object[] = [
  {},
  { kind: 'explode' },
  { kind: 'status', status: 200 },
  { kind: 'status', times: 0 },
  { kind: 'delay', delayMs: -1 },
  { kind: 'status', constructor: 'x' },
  { kind: 'status', match: 'everything' },
  { kind: 'status', headers: { a: 1 } },
]

const rejected = (answer: Promise<unknown>) =>
  answer.then(
    () => false,
    () => true,
  )

describe('an injected fault', () => {
  it('delay: commits only when the time is over, or when released', async () => {
    const { server, refresh, fault, grants } = await start()
    await fault({ kind: 'delay', delayMs: HOUR_MS })
    const answer = refresh()
    await untilTaken(server)
    expect(grants()).toHaveLength(0)
    await server.control('DELETE', '/faults')
    expect((await answer).status).toBe(200)
    expect(grants()).toMatchObject([{ outcome: 'rotated', fault: 'delay', answerLost: false }])
  })

  it('delay-answer: commits on arrival, and answers when released', async () => {
    const { server, refresh, fault, grant } = await start()
    await fault({ kind: 'delay-answer', delayMs: HOUR_MS })
    const committed = grant()
    const answer = refresh()
    expect(await committed).toMatchObject({ outcome: 'rotated', httpStatus: 200, fault: 'delay-answer' })
    await server.control('DELETE', '/faults')
    expect((await answer).status).toBe(200)
  })

  it.each(['delay', 'delay-answer'])('%s: needs no release when its time is short', async (kind) => {
    const { refresh, fault } = await start()
    await fault({ kind, delayMs: 1 })
    expect((await refresh()).status).toBe(200)
  })

  it('drop-answer: commits and cuts the connection; the next refresh is answered by the parent rule', async () => {
    const { refresh, fault, grant } = await start()
    await fault({ kind: 'drop-answer' })
    const lost = grant(({ answerLost }) => answerLost)
    expect(await rejected(refresh())).toBe(true)
    expect(await lost).toMatchObject({ outcome: 'rotated', reuse: false, fault: 'drop-answer' })
    expect((await refresh()).status).toBe(200)
  })

  it('drop-request: cuts the connection, and nothing has happened', async () => {
    const { refresh, fault, grants } = await start()
    await fault({ kind: 'drop-request' })
    expect(await rejected(refresh())).toBe(true)
    await refresh()
    expect(grants()).toMatchObject([
      { outcome: 'failed', httpStatus: null, code: null, fault: 'drop-request', answerLost: false },
      { outcome: 'rotated', reuse: false, fault: null },
    ])
  })

  it('status: answers the error with its headers, and nothing has happened', async () => {
    const { refresh, fault, grants } = await start()
    const headers = {
      'Retry-After': '7',
      'Access-Control-Expose-Headers': 'Retry-After,X-Supabase-Api-Version',
    }
    await fault({ kind: 'status', status: 409, code: 'conflict', message: 'Too many', headers })
    const answer = await refresh()
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 409, error_code: 'conflict', msg: 'Too many' },
    })
    expect(answer.headers.get('Retry-After')).toBe('7')
    expect(answer.headers.get('Access-Control-Expose-Headers')).toBe('Retry-After,X-Supabase-Api-Version')
    await refresh()
    expect(grants()).toMatchObject([
      { outcome: 'failed', httpStatus: 409, code: 'conflict', fault: 'status' },
      { outcome: 'rotated', reuse: false },
    ])
  })

  it.each([
    ['not-json', /^<h1>/],
    ['no-tokens', /^\{"ok":true\}$/],
  ])('garbage: answers 200 with %s, and nothing has happened', async (body, expected) => {
    const { refresh, fault, grants } = await start()
    await fault({ kind: 'garbage', body })
    expect(await refresh()).toMatchObject({ status: 200, text: expect.stringMatching(expected) })
    expect(grants()).toMatchObject([{ outcome: 'failed', httpStatus: 200, fault: 'garbage' }])
  })

  it('hang: never answers; a release cuts the connection, and nothing has happened', async () => {
    const { server, refresh, fault, grant, grants } = await start()
    await fault({ kind: 'hang' })
    const arrived = grant()
    const answer = rejected(refresh())
    expect(await arrived).toMatchObject({ outcome: 'failed', httpStatus: null, fault: 'hang' })
    await server.control('DELETE', '/faults')
    expect(await answer).toBe(true)
    await refresh()
    expect(grants()[1]).toMatchObject({ outcome: 'rotated', reuse: false })
  })

  it('hang-after-commit: commits and never answers; the client gives up and has lost the answer', async () => {
    const { server, refreshToken, refresh, fault, grant } = await start()
    await fault({ kind: 'hang-after-commit' })
    const committed = grant()
    const lost = grant(({ answerLost }) => answerLost)
    const client = new AbortController()
    const answer = rejected(server.refresh(refreshToken, { signal: client.signal }))
    expect(await committed).toMatchObject({ outcome: 'rotated', answerLost: false })
    client.abort()
    expect(await answer).toBe(true)
    expect(await lost).toMatchObject({ outcome: 'rotated', answerLost: true })
    expect((await refresh()).status).toBe(200)
  })
})

describe('which requests it hits', () => {
  it('is used up after `times` requests', async () => {
    const { server, refresh, fault } = await start()
    await fault({ kind: 'status', status: 503, times: 2 })
    expect((await server.control('GET', '/faults')).body.faults).toMatchObject([{ kind: 'status', times: 2 }])
    expect([await refresh(), await refresh(), await refresh()].map(({ status }) => status)).toEqual([
      503, 503, 200,
    ])
  })

  it('faults are used up in the order in which they were added', async () => {
    const { refresh, fault } = await start()
    await fault({ kind: 'status', status: 503 })
    await fault({ kind: 'status', status: 504 })
    expect([await refresh(), await refresh()].map(({ status }) => status)).toEqual([503, 504])
  })

  it.each([
    ['password', ['password']],
    ['refresh', ['refresh']],
    ['user', ['user']],
    ['logout', ['logout']],
    ['all-auth', ['password', 'refresh', 'user', 'logout', 'settings']],
  ])('%s hits %j', async (match, expected) => {
    const { server, refresh, fault } = await start()
    await fault({ kind: 'status', status: 599, match, times: 10 })
    const requests = {
      password: () => server.auth('POST', '/token?grant_type=password', { body: {} }),
      refresh,
      user: () => server.auth('GET', '/user'),
      logout: () => server.auth('POST', '/logout'),
      settings: () => server.auth('GET', '/settings'),
    }
    const hit: string[] = []
    for (const [name, send] of Object.entries(requests)) if ((await send()).status === 599) hit.push(name)
    expect(hit).toEqual(expected)
  })

  it.each(NOT_FAULTS)('%j is not a fault', async (body) => {
    const { fault } = await start()
    expect(await fault(body)).toMatchObject({ status: 400, body: { code: 'fault_invalid' } })
  })
})

/** A fault is taken on arrival: once the queue is empty, its request is here. */
async function untilTaken(server: TestServer): Promise<void> {
  while (server.server.state.faults.pending.length > 0) await server.auth('GET', '/health')
}
