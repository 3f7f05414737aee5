import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { claimsOf, EMAIL, FakeClock, TestServer } from '../test-support.ts'
import { encodeTokenV2 } from './token-v2.ts'

const ALREADY_USED = {
  code: 400,
  error_code: 'refresh_token_already_used',
  msg: 'Invalid Refresh Token: Already Used',
}
const NOT_FOUND = {
  code: 400,
  error_code: 'refresh_token_not_found',
  msg: 'Invalid Refresh Token: Refresh Token Not Found',
}
const MALFORMED = { code: 400, error_code: 'validation_failed', msg: 'Refresh token is not valid' }

async function start(algorithm: 'v1' | 'v2', parentRule = true) {
  const clock = new FakeClock()
  return { clock, server: await TestServer.start({ algorithm, parentRule, nowMs: clock.nowMs }) }
}

describe.each(['v1', 'v2'] as const)('a refresh with %s tokens', (algorithm) => {
  it('answers a new pair of tokens for the same session', async () => {
    const { server, clock } = await start(algorithm)
    const first = await server.signIn()
    clock.advanceSeconds(60)
    const second = await server.refreshed(first.refresh_token)
    expect(second).toMatchObject({ token_type: 'bearer', expires_in: 3600, user: { email: EMAIL } })
    expect(second.expires_at).toBe(first.expires_at + 60)
    expect(second.refresh_token === first.refresh_token).toBe(false)
    expect(claimsOf(second.access_token).session_id).toBe(claimsOf(first.access_token).session_id)
  })

  it('answers the newest token to the one before it, a year later', async () => {
    const { server, clock } = await start(algorithm)
    const first = await server.signIn()
    const second = await server.refreshed(first.refresh_token)
    clock.advanceSeconds(365 * 24 * 60 * 60)
    const again = await server.refreshed(first.refresh_token)
    expect(again.refresh_token === second.refresh_token).toBe(true)
  })

  it('without the parent rule refuses it after the interval', async () => {
    const { server, clock } = await start(algorithm, false)
    const first = await server.signIn()
    await server.refreshed(first.refresh_token)
    clock.advanceSeconds(11)
    expect((await server.refresh(first.refresh_token)).body).toEqual(ALREADY_USED)
  })

  it('refuses an older token after the interval', async () => {
    const { server, clock } = await start(algorithm)
    const first = await server.signIn()
    const second = await server.refreshed(first.refresh_token)
    await server.refreshed(second.refresh_token)
    clock.advanceSeconds(11)
    expect((await server.refresh(first.refresh_token)).body).toEqual(ALREADY_USED)
  })

  it('refuses a banned user, and lets them in again afterwards', async () => {
    const { server } = await start(algorithm)
    const first = await server.signIn()
    await server.control('POST', '/ban', { email: EMAIL, banned: true })
    const { body } = await server.refresh(first.refresh_token)
    expect(body).toEqual({ code: 400, error_code: 'user_banned', msg: 'Invalid Refresh Token: User Banned' })
    await server.control('POST', '/ban', { email: EMAIL, banned: false })
    await server.refreshed(first.refresh_token)
  })

  it('does not know the token of a session that was deleted', async () => {
    const { server } = await start(algorithm)
    const first = await server.signIn()
    await server.control('POST', '/revoke', { email: EMAIL })
    expect((await server.refresh(first.refresh_token)).body).toEqual(NOT_FOUND)
  })

  it('does not know the token of a user who was deleted', async () => {
    const { server } = await start(algorithm)
    const first = await server.signIn()
    await server.control('POST', '/delete-user', { email: EMAIL })
    expect((await server.refresh(first.refresh_token)).body).toEqual(NOT_FOUND)
  })
})

describe('reuse of v1 tokens', () => {
  it('branches inside the interval, and the window slides with each use', async () => {
    const { server, clock } = await start('v1')
    const first = await server.signIn()
    const second = await server.refreshed(first.refresh_token)
    const third = await server.refreshed(second.refresh_token)
    clock.advanceSeconds(10)
    const branch = await server.refreshed(first.refresh_token)
    expect(branch.refresh_token === third.refresh_token).toBe(false)
    // Twice, so that `first` is not the parent of the active token: only the window can let it in.
    await server.refreshed((await server.refreshed(branch.refresh_token)).refresh_token)
    clock.advanceSeconds(10)
    await server.refreshed(first.refresh_token)
  })

  it('revokes every token of the session, and lets them refresh for one more interval', async () => {
    const { server, clock } = await start('v1')
    const first = await server.signIn()
    const second = await server.refreshed(first.refresh_token)
    const third = await server.refreshed(second.refresh_token)
    clock.advanceSeconds(11)
    expect((await server.refresh(first.refresh_token)).body).toEqual(ALREADY_USED)
    clock.advanceSeconds(10)
    await server.refreshed(third.refresh_token)
  })

  it('leaves the session, but after that interval no token of it refreshes any more', async () => {
    const { server, clock } = await start('v1')
    const first = await server.signIn()
    const second = await server.refreshed(first.refresh_token)
    const third = await server.refreshed(second.refresh_token)
    clock.advanceSeconds(11)
    await server.refresh(first.refresh_token)
    clock.advanceSeconds(11)
    expect((await server.refresh(third.refresh_token)).body).toEqual(ALREADY_USED)
    expect((await server.auth('GET', '/user', { token: third.access_token })).status).toBe(200)
  })
})

describe('reuse of v2 tokens', () => {
  it('is answered with the current token inside the interval, which slides with each refresh', async () => {
    const { server, clock } = await start('v2')
    const first = await server.signIn()
    const second = await server.refreshed(first.refresh_token)
    const third = await server.refreshed(second.refresh_token)
    for (let use = 0; use < 3; use += 1) {
      clock.advance(9_999)
      const again = await server.refreshed(first.refresh_token)
      expect(again.refresh_token === third.refresh_token).toBe(true)
    }
  })

  it('deletes the session after the interval', async () => {
    const { server, clock } = await start('v2')
    const first = await server.signIn()
    const second = await server.refreshed(first.refresh_token)
    const third = await server.refreshed(second.refresh_token)
    clock.advanceSeconds(10)
    expect((await server.refresh(first.refresh_token)).body).toEqual(ALREADY_USED)
    expect((await server.refresh(third.refresh_token)).body).toEqual(NOT_FOUND)
    const user = await server.auth('GET', '/user', { token: third.access_token })
    expect(user).toMatchObject({ status: 403, body: { error_code: 'session_not_found' } })
  })

  it('does not accept a counter ahead of the session', async () => {
    const { server } = await start('v2')
    await server.signIn()
    const [session] = server.server.state.store.sessions.values()
    if (session?.refresh.kind !== 'v2') throw new Error('expected a v2 session')
    const ahead = encodeTokenV2(session.id, 7, session.refresh.hmacKey)
    expect((await server.refresh(ahead)).body).toEqual({
      code: 400,
      error_code: 'validation_failed',
      msg: 'Invalid Refresh Token: Not Issued By This Server',
    })
  })

  it('does not know a token whose signature is wrong', async () => {
    const { server } = await start('v2')
    await server.signIn()
    const [sessionId = ''] = server.server.state.store.sessions.keys()
    expect((await server.refresh(encodeTokenV2(sessionId, 0, randomBytes(32)))).body).toEqual(NOT_FOUND)
  })
})

describe('a refresh token that cannot be looked up', () => {
  it.each([
    ['is shorter than 12 characters', 'abc', MALFORMED],
    ['is empty', '', MALFORMED],
    ['has 12 characters outside a-z and 0-9', 'ABCDEFGHIJKL', MALFORMED],
    ['is longer and no v2 token', 'abcdefghijklmnop', MALFORMED],
    ['is a v1 token of no session', 'aaaaaaaaaaaa', NOT_FOUND],
    ['is a v2 token of no session', encodeTokenV2(randomUUID(), 0, randomBytes(32)), NOT_FOUND],
  ])('is refused when it %s', async (_when, presented, expected) => {
    const { server } = await start('v1')
    expect((await server.refresh(presented)).body).toEqual(expected)
  })
})

it('a session keeps its algorithm when the option changes', async () => {
  const { server } = await start('v1')
  const old = await server.signIn()
  await server.control('PATCH', '/options', { algorithm: 'v2' })
  expect((await server.refreshed(old.refresh_token)).refresh_token).toHaveLength(12)
  expect((await server.signIn()).refresh_token.length).toBeGreaterThan(12)
})
