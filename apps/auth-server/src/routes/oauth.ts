import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { addIdentity, createUser } from '../accounts.ts'
import { ApiError } from '../errors.ts'
import { type FlowState, isFlowExpired, newFlowState, parseCodeChallenge } from '../flow-state.ts'
import type { AppHandler } from '../http.ts'
import { redirectTarget } from '../redirect-target.ts'
import { withCode, withTokens } from '../redirect-url.ts'
import type { ServerState } from '../server-state.ts'
import { startSession } from '../session-start.ts'
import { tokenResponse } from '../token-response.ts'
import type { User } from '../user.ts'

const DEFAULT_ACCOUNT = 'demo@example.com'

/**
 * `GET /authorize`: begins an OAuth sign-in and shows, in place of the provider, a page with one button.
 * The account is `login_hint`, else the first seeded user, else `demo@example.com`.
 */
export function authorize(state: ServerState): AppHandler {
  return (c) => {
    const name = c.req.query('provider') ?? ''
    if (name === '') throw new ApiError(400, 'validation_failed', 'Unsupported provider: none was named')
    const email = c.req.query('login_hint') ?? state.options.users[0]?.email ?? DEFAULT_ACCOUNT
    const flow = newFlowState({
      method: 'oauth',
      challenge: parseCodeChallenge(
        c.req.query('code_challenge') ?? '',
        c.req.query('code_challenge_method') ?? '',
      ),
      redirectTo: redirectTarget(state, c),
      provider: { name, email },
      startedAtMs: state.nowMs(),
    })
    state.store.flowStates.set(flow.id, flow)
    return c.html(providerPage(name, email, flow.id))
  }
}

/** `GET /callback`: the provider's answer. Redirects with a code (PKCE) or with tokens in the fragment (implicit). */
export function callback(state: ServerState): AppHandler {
  return async (c) => {
    const flow = state.store.flowStates.get(c.req.query('state') ?? '')
    if (!flow?.provider || !flow.redirectTo || isFlowExpired(flow, state.nowMs())) {
      throw new ApiError(400, 'bad_oauth_state', 'OAuth state not found or expired')
    }
    if (flow.userId !== null)
      throw new ApiError(400, 'flow_state_already_used', 'State has already been used')
    const user = userOf(state, flow.provider)
    if (user.isBanned) throw new ApiError(403, 'user_banned', 'User is banned')
    return c.redirect(await finish(state, flow, user, flow.redirectTo), 302)
  }
}

async function finish(state: ServerState, flow: FlowState, user: User, target: string): Promise<string> {
  const providerToken = randomUUID()
  if (flow.challenge) {
    flow.userId = user.id
    flow.providerToken = providerToken
    return withCode(target, flow.authCode)
  }
  state.store.flowStates.delete(flow.id)
  return withTokens(target, await tokenResponse(state, startSession(state, user, 'oauth'), providerToken))
}

function userOf(
  state: ServerState,
  { name, email }: { readonly name: string; readonly email: string },
): User {
  const nowMs = state.nowMs()
  const user = state.store.findUserByEmail(email) ?? createUser(state.store, { email, provider: name, nowMs })
  addIdentity(user, name, nowMs)
  return user
}

function providerPage(name: string, email: string, flowId: string) {
  return html`<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width" />
  <title>Sign in with ${name}</title>
  <style>
    body { display: grid; place-content: center; min-height: 100vh; margin: 0; font: 1rem system-ui; text-align: center }
    button { font: inherit; padding: 0.75rem 1.5rem }
  </style>
  <h1>Sign in with ${name}</h1>
  <form action="callback">
    <input type="hidden" name="state" value="${flowId}" />
    <button>Continue as ${email}</button>
  </form>
</html>`
}
