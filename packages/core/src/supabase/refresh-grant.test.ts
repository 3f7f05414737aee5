import { describe, expect, test } from 'vitest'
import { GrantRefused, GrantUnavailable } from '../errors.ts'
import { createRefreshGrant } from './refresh-grant.ts'

const { signal } = new AbortController()

const answering = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const sent: Request[] = []
  const grant = createRefreshGrant('https://auth.test/auth/v1', { apikey: 'anon' }, async (input, init) => {
    sent.push(new Request(input, init))
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
  })
  return { sent, failure: () => grant('r', { signal }).catch((error: unknown) => error) }
}

test('the request is the one that auth-js sends', async () => {
  const { sent, failure } = answering(200, {})
  await failure()
  const [request] = sent
  expect(request?.method).toBe('POST')
  expect(request?.url).toBe('https://auth.test/auth/v1/token?grant_type=refresh_token')
  expect(request?.headers.get('apikey')).toBe('anon')
  expect(request?.headers.get('x-supabase-api-version')).toBe('2024-01-01')
  expect(await request?.json()).toEqual({ refresh_token: 'r' })
})

describe("the server's final word", () => {
  test.each([
    ['refresh_token_not_found', 'revoked'],
    ['refresh_token_already_used', 'revoked'],
    ['session_not_found', 'revoked'],
    ['validation_failed', 'revoked'],
    ['session_expired', 'expired'],
    ['user_banned', 'user-banned'],
  ])('%s ends the session as %s, in both of its error shapes', async (code, reason) => {
    for (const body of [
      { code, message: '' },
      { code: 400, error_code: code, msg: '' },
    ]) {
      const error = await answering(400, body).failure()
      expect(error).toBeInstanceOf(GrantRefused)
      expect(error).toMatchObject({ code, reason })
    }
  })
})

describe('everything else is passing', () => {
  test.each([
    ['the same code with another status', 403, { code: 'user_banned' }, 'user_banned'],
    ['a code that is not final', 400, { code: 'bad_json' }, 'bad_json'],
    ['the code of an inherited member', 400, { code: 'toString' }, 'toString'],
    ['lock contention', 409, { code: 'conflict' }, 'conflict'],
    ['the rate limit', 429, { code: 'over_request_rate_limit' }, 'over_request_rate_limit'],
    ["a gateway's page", 502, '<h1>Bad gateway</h1>', 'http_502'],
    ['JSON that is no object', 500, 'null', 'http_500'],
  ])('%s', async (_, status, body, code) => {
    const error = await answering(status, body).failure()
    expect(error).toBeInstanceOf(GrantUnavailable)
    expect(error).toMatchObject({ code, retryAfterMs: null })
  })

  test.each([
    ['7', 7000],
    ['0', 0],
    ['-1', null],
    ['soon', null],
    ['Wed, 21 Oct 2026 07:28:00 GMT', null],
  ])('Retry-After: %s', async (value, retryAfterMs) => {
    const error = await answering(429, { code: 'c' }, { 'Retry-After': value }).failure()
    expect(error).toMatchObject({ retryAfterMs })
  })
})
