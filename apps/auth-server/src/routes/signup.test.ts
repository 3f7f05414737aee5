import { describe, expect, it } from 'vitest'
import { claimsOf, EMAIL, PASSWORD, TestServer, tokensOf } from '../test-support.ts'

const NEW = { email: 'New@Example.com', password: PASSWORD }

describe('POST /signup', () => {
  it('signs a new user in at once', async () => {
    const server = await TestServer.start()
    const tokens = tokensOf(await server.auth('POST', '/signup', { body: { ...NEW, data: { name: 'New' } } }))
    expect(tokens.user).toMatchObject({
      email: 'new@example.com',
      email_confirmed_at: expect.any(String),
      user_metadata: { name: 'New' },
      identities: [{ provider: 'email', identity_data: { email: 'new@example.com' } }],
    })
  })

  it('without an address signs an anonymous user in', async () => {
    const server = await TestServer.start()
    const tokens = tokensOf(await server.auth('POST', '/signup', { body: {} }))
    expect(tokens.user).toMatchObject({ email: '', is_anonymous: true, identities: [] })
    expect(claimsOf(tokens.access_token)).toMatchObject({
      is_anonymous: true,
      amr: [{ method: 'anonymous' }],
    })
  })

  it.each([
    ['a known address', { email: EMAIL, password: PASSWORD }, 422, 'user_already_exists'],
    ['no password', { email: EMAIL }, 400, 'validation_failed'],
    ['a text that is no address', { email: 'x', password: PASSWORD }, 400, 'validation_failed'],
    ['a short password', { ...NEW, password: 'short' }, 422, 'weak_password'],
    ['a password over 72 characters', { ...NEW, password: 'x'.repeat(73) }, 400, 'validation_failed'],
    ['a phone number', { phone: '123' }, 400, 'phone_provider_disabled'],
    ['half a code challenge', { ...NEW, code_challenge: 'x' }, 400, 'validation_failed'],
  ])('refuses %s', async (_what, body, status, error_code) => {
    const server = await TestServer.start()
    expect(await server.auth('POST', '/signup', { body })).toMatchObject({ status, body: { error_code } })
  })
})
