import { expect, type Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { poll } from './tabs.ts'
import type { World } from './world.ts'

/** Signs in at the server's stand-in provider, as a user does: there and back again. */
export async function signInWithProvider(tab: Page): Promise<void> {
  const home = new URL(tab.url()).origin
  await tab.evaluate(() => {
    void app.supabase.auth.signInWithOAuth({ provider: 'github', options: { redirectTo: location.href } })
  })
  await tab.getByRole('button', { name: /Continue as/ }).click()
  await tab.waitForURL((url) => url.origin === home)
  await expectSignedInWithCleanAddress(tab)
}

/** Asks for a magic link in `tab`, and opens it in a new one. */
export async function openMagicLink(world: World, tab: Page, email: string): Promise<Page> {
  const code = await tab.evaluate(async (to) => {
    const options = { emailRedirectTo: location.href }
    return (await app.supabase.auth.signInWithOtp({ email: to, options })).error?.code ?? null
  }, email)
  expect(code).toBeNull()
  const [mail] = world.server.state.mailbox.list(email)
  const opened = await world.context.newPage()
  await opened.goto(mail?.link ?? '')
  await expectSignedInWithCleanAddress(opened)
  return opened
}

async function expectSignedInWithCleanAddress(tab: Page): Promise<void> {
  const state = () =>
    tab.evaluate(async () => {
      const { session } = (await app.supabase.auth.getSession()).data
      return {
        signedIn: session !== null,
        hash: location.hash !== '',
        code: location.search.includes('code='),
      }
    })
  await poll(state).toEqual({ signedIn: true, hash: false, code: false })
}

/** A session that this browser knows nothing of, as another device has it. */
export async function sessionElsewhere(world: World, credentials: { email: string; password: string }) {
  const answer = await fetch(`${world.server.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: 'anon', 'Content-Type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { access_token: string; refresh_token: string }
}

/** Enrolls a second factor and verifies it. Null, or the code of the error. */
export async function raiseAssurance(world: World, tab: Page): Promise<string | null> {
  const { id, secret } = await tab.evaluate(async () => {
    const { data, error } = await app.supabase.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'phone' })
    if (error || data.type !== 'totp') throw new Error(error?.code ?? 'no TOTP')
    return { id: data.id, secret: data.totp.secret }
  })
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: world.server.state.nowMs(),
  })
  return tab.evaluate(
    async (given) => (await app.supabase.auth.mfa.challengeAndVerify(given)).error?.code ?? null,
    { factorId: id, code },
  )
}
