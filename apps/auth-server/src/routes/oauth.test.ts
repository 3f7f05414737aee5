import { describe, expect, it } from 'vitest'
import { claimsOf, EMAIL, FakeClock, TestServer } from '../test-support.ts'

const TARGET = 'http://app.test/welcome'

async function open(server: TestServer, query: Record<string, string> = {}) {
  const page = await server.auth(
    'GET',
    `/authorize?${new URLSearchParams({ provider: 'github', redirect_to: TARGET, ...query })}`,
  )
  return { page, state: /name="state" value="([^"]+)"/.exec(page.text)?.[1] ?? '' }
}

const comeBack = (server: TestServer, state: string) => server.auth('GET', `/callback?state=${state}`)

describe('the stand-in for a provider', () => {
  it('offers one button, for the first seeded user', async () => {
    const server = await TestServer.start()
    const { page } = await open(server)
    expect(page.headers.get('Content-Type')).toMatch(/^text\/html/)
    expect(page.text.match(/<button>/g)).toHaveLength(1)
    expect(page.text).toContain(`Continue as ${EMAIL}`)
  })

  it('shows names from the address as text', async () => {
    const server = await TestServer.start()
    const { page } = await open(server, { provider: '<script>', login_hint: '<img>@example.com' })
    expect(page.text).not.toMatch(/<script>|<img>/)
  })

  it('needs to be named', async () => {
    const server = await TestServer.start()
    expect((await open(server, { provider: '' })).page).toMatchObject({ status: 400 })
  })

  it.each([
    { code_challenge: 'x'.repeat(43) },
    { code_challenge_method: 's256' },
    { code_challenge: 'short', code_challenge_method: 's256' },
    { code_challenge: '!'.repeat(43), code_challenge_method: 's256' },
    { code_challenge: 'x'.repeat(43), code_challenge_method: 'md5' },
  ])('refuses the code challenge %j', async (query) => {
    const server = await TestServer.start()
    expect((await open(server, query)).page.body.error_code).toBe('validation_failed')
  })
})

describe('coming back from it', () => {
  it('without a code challenge ends with the tokens in the fragment', async () => {
    const server = await TestServer.start()
    const { state } = await open(server)
    const { status, headers } = await comeBack(server, state)
    expect(status).toBe(302)
    const target = new URL(headers.get('Location') ?? '')
    expect(target.origin + target.pathname + target.search).toBe(TARGET)
    const members = new URLSearchParams(target.hash.slice(1))
    const names = 'access_token expires_at expires_in provider_token refresh_token sb token_type'
    expect([...members.keys()].join(' ')).toBe(names)
    expect(claimsOf(members.get('access_token') ?? '')).toMatchObject({
      email: EMAIL,
      amr: [{ method: 'oauth' }],
    })
  })

  it('signs a new account up, and links a known one', async () => {
    const server = await TestServer.start()
    for (const login_hint of ['new@example.com', EMAIL]) {
      const { state } = await open(server, { login_hint })
      await comeBack(server, state)
    }
    const users = [...server.server.state.store.users.values()]
    expect(users.map(({ email, appMetadata }) => [email, appMetadata.providers])).toEqual([
      [EMAIL, ['email', 'github']],
      ['new@example.com', ['github']],
    ])
  })

  it('keeps the query of the address that it returns to', async () => {
    const server = await TestServer.start()
    const { state } = await open(server, {
      redirect_to: `${TARGET}?sb_flow_id=1`,
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'plain',
    })
    const { headers } = await comeBack(server, state)
    expect(headers.get('Location')).toMatch(/^http:\/\/app\.test\/welcome\?sb_flow_id=1&code=[0-9a-f-]{36}$/)
  })

  it('works once', async () => {
    const server = await TestServer.start()
    const challenge = { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }
    const { state } = await open(server, challenge)
    await comeBack(server, state)
    expect((await comeBack(server, state)).body.error_code).toBe('flow_state_already_used')
  })

  it('is refused for an unknown state, and after five minutes', async () => {
    const clock = new FakeClock()
    const server = await TestServer.start({ nowMs: clock.nowMs })
    const { state } = await open(server)
    clock.advanceSeconds(301)
    for (const each of [state, 'unknown']) {
      expect((await comeBack(server, each)).body.error_code).toBe('bad_oauth_state')
    }
  })

  it('never goes to an address that is not on the web', async () => {
    const server = await TestServer.start()
    const { state } = await open(server, { redirect_to: 'javascript:alert(1)' })
    const { headers } = await comeBack(server, state)
    expect(headers.get('Location')?.startsWith(server.server.url)).toBe(true)
  })
})
