import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { TestServer } from '../test-support.ts'

describe('what the server says about itself', () => {
  it('its keys verify its access tokens', async () => {
    const server = await TestServer.start()
    const { access_token } = await server.signIn()
    const { body } = await server.auth('GET', '/.well-known/jwks.json')
    const { protectedHeader } = await jwtVerify(
      access_token,
      createLocalJWKSet(body as unknown as JSONWebKeySet),
    )
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'JWT', kid: expect.any(String) })
    expect(JSON.stringify(body)).not.toContain('"d"')
  })

  it('answers health and settings', async () => {
    const server = await TestServer.start()
    expect((await server.auth('GET', '/health')).body.name).toBe('GoTrue')
    expect((await server.auth('GET', '/settings')).body).toMatchObject({ mailer_autoconfirm: true })
  })
})
