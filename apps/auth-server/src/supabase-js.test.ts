import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { Secret, TOTP } from 'otpauth'
import { expect, it, onTestFinished } from 'vitest'
import { ANON_KEY } from './anon-key.ts'
import { EMAIL, PASSWORD, TestServer } from './test-support.ts'

const CREDENTIALS = { email: EMAIL, password: PASSWORD }
const HANDS_OFF = { autoRefreshToken: false, persistSession: false } as const

/** The real client, as an application uses it, but with its timers off. */
function clientOf(server: TestServer, flowType: 'implicit' | 'pkce' = 'implicit'): SupabaseClient {
  const client = createClient(server.server.url, ANON_KEY, { auth: { ...HANDS_OFF, flowType } })
  onTestFinished(async () => {
    await client.removeAllChannels()
    await client.realtime.disconnect()
  })
  return client
}

async function signedIn(server: TestServer): Promise<SupabaseClient> {
  const client = clientOf(server)
  const { error } = await client.auth.signInWithPassword(CREDENTIALS)
  expect(error).toBeNull()
  return client
}

it('signs in with a password, refreshes, and reads its own claims', async () => {
  const server = await TestServer.start()
  const { auth } = await signedIn(server)
  const { data, error } = await auth.refreshSession()
  expect(error).toBeNull()
  expect(data.user?.email).toBe(EMAIL)
  expect((await auth.getClaims()).data?.claims.email).toBe(EMAIL)
  expect((await auth.getUser()).data.user?.email).toBe(EMAIL)
})

it('signs up, and in anonymously', async () => {
  const { auth } = clientOf(await TestServer.start())
  const created = await auth.signUp({ email: 'new@example.com', password: PASSWORD })
  expect(created.data.session?.user.email).toBe('new@example.com')
  const anonymous = await auth.signInAnonymously({ options: { data: { name: 'Nobody' } } })
  expect(anonymous.data.user).toMatchObject({ is_anonymous: true, user_metadata: { name: 'Nobody' } })
})

it('understands the codes of refusals', async () => {
  const server = await TestServer.start()
  const { auth } = clientOf(server)
  const refused = await auth.signInWithPassword({ ...CREDENTIALS, password: 'wrong one' })
  expect(refused.error).toMatchObject({
    status: 400,
    code: 'invalid_credentials',
    message: 'Invalid login credentials',
  })
  const weak = await auth.signUp({ email: 'new@example.com', password: 'abc' })
  expect(weak.error).toMatchObject({ code: 'weak_password', reasons: ['length'] })
  const unknown = await auth.refreshSession({ refresh_token: 'aaaaaaaaaaaa' })
  expect(unknown.error).toMatchObject({ code: 'refresh_token_not_found' })
})

it('exchanges the code of an OAuth sign-in', async () => {
  const server = await TestServer.start()
  const { auth } = clientOf(server, 'pkce')
  const options = { redirectTo: 'http://app.test/', skipBrowserRedirect: true }
  const { data } = await auth.signInWithOAuth({ provider: 'github', options })
  const page = await (await fetch(data.url ?? '')).text()
  const state = /name="state" value="([^"]+)"/.exec(page)?.[1]
  const { headers } = await server.auth('GET', `/callback?state=${state}`)
  const code = new URL(headers.get('Location') ?? '').searchParams.get('code') ?? ''
  const exchanged = await auth.exchangeCodeForSession(code)
  expect(exchanged.error).toBeNull()
  expect(exchanged.data.user?.email).toBe(EMAIL)
})

it('verifies a magic link by its code', async () => {
  const server = await TestServer.start()
  const { auth } = clientOf(server)
  await auth.signInWithOtp({ email: EMAIL, options: { emailRedirectTo: 'http://app.test/' } })
  const [mail] = server.server.state.mailbox.list(EMAIL)
  const { data, error } = await auth.verifyOtp({ email: EMAIL, token: mail?.otp ?? '', type: 'email' })
  expect(error).toBeNull()
  expect(data.session?.user.email).toBe(EMAIL)
})

it('recovers a password by a token hash', async () => {
  const server = await TestServer.start()
  const { auth } = clientOf(server)
  await auth.resetPasswordForEmail(EMAIL)
  const [mail] = server.server.state.mailbox.list(EMAIL)
  await auth.verifyOtp({ token_hash: mail?.tokenHash ?? '', type: 'recovery' })
  expect((await auth.updateUser({ password: 'another horse' })).error).toBeNull()
  expect((await auth.signInWithPassword({ email: EMAIL, password: 'another horse' })).error).toBeNull()
})

it('enrolls a second factor and rises to aal2', async () => {
  const { auth } = await signedIn(await TestServer.start())
  const { data } = await auth.mfa.enroll({ factorType: 'totp', friendlyName: 'phone' })
  if (data?.type !== 'totp') throw new Error('expected a TOTP factor')
  expect(data.totp.qr_code).toMatch(/^data:image\/svg\+xml/)
  const code = new TOTP({ secret: Secret.fromBase32(data.totp.secret) }).generate()
  expect((await auth.mfa.challengeAndVerify({ factorId: data.id, code })).error).toBeNull()
  expect((await auth.mfa.getAuthenticatorAssuranceLevel()).data?.currentLevel).toBe('aal2')
  expect((await auth.mfa.listFactors()).data?.totp).toHaveLength(1)
  expect((await auth.mfa.unenroll({ factorId: data.id })).error).toBeNull()
})

it.each([
  ['local', [true, false]],
  ['global', [true, true]],
  ['others', [false, true]],
] as const)('signs out with the scope %s', async (scope, expected) => {
  const server = await TestServer.start()
  const [mine, other] = [await signedIn(server), await signedIn(server)]
  expect((await mine.auth.signOut({ scope })).error).toBeNull()
  const isOut = async ({ auth }: SupabaseClient) => (await auth.refreshSession()).error !== null
  expect([await isOut(mine), await isOut(other)]).toEqual(expected)
})

it('keeps notes', async () => {
  const client = await signedIn(await TestServer.start())
  const notes = () => client.from('notes')
  expect((await notes().insert({ text: 'one' })).error).toBeNull()
  const inserted = await notes().insert({ text: 'two' }).select().single()
  expect(inserted.data).toMatchObject({ id: 2, text: 'two' })
  expect((await notes().delete().eq('id', 1)).error).toBeNull()
  await notes().insert([{ text: 'three' }, { text: 'four' }])
  const { data } = await notes().select().order('id', { ascending: false })
  expect(data?.map(({ text }) => text)).toEqual(['four', 'three', 'two'])
  expect((await notes().select().eq('id', 99).single()).error).toMatchObject({ code: 'PGRST116' })
  const changed = await notes().update({ text: 'zwei' }).eq('id', 2).select('text').single()
  expect(changed.data).toEqual({ text: 'zwei' })
  const page = await notes().select('text').order('created_at').order('id').range(1, 2)
  expect(page.data).toEqual([{ text: 'three' }, { text: 'four' }])
  expect((await notes().select('text').limit(1).csv()).data).toBe('text\nzwei')
})

it('reads an empty list when nobody is signed in', async () => {
  const { data, error } = await clientOf(await TestServer.start())
    .from('notes')
    .select()
  expect([data, error]).toEqual([[], null])
})

it('joins a realtime channel with its access token', async () => {
  const server = await TestServer.start()
  const client = await signedIn(server)
  const status = await new Promise((resolve) => client.channel('room').subscribe(resolve))
  expect(status).toBe('SUBSCRIBED')
  expect(server.server.state.realtimeLog.presented).toMatchObject([
    { event: 'phx_join', topic: 'realtime:room', state: 'valid', sessionId: expect.any(String) },
  ])
})
