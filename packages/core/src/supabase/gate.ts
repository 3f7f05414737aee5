import type { Session } from '@supabase/supabase-js'
import { browserClock } from '../adapters/clock.ts'
import type { Fetch } from '../adapters/fetch.ts'
import type { CoordinatorInternals } from '../coordinator-interface.ts'
import { remainingMs } from '../session.ts'
import { errorCodeOf, JSON_HEADERS, jsonOf } from './json.ts'
import { isHandle, type Seals } from './seals.ts'

/**
 * Makes auth-js's one way to the network. A refresh that it starts becomes the one shared grant; an answer that
 * holds a session is sealed; everything else passes.
 *
 * @param doubts Gets the bearers whose session the server does not know, since auth-js then drops the session.
 */
export const createGate = (
  coordinator: CoordinatorInternals<Session>,
  authUrl: string,
  seals: Seals,
  doubts: string[],
  fetch: Fetch,
): Fetch => {
  /** A grant that auth-js wants. */
  const refresh: Fetch = async (input, init) => {
    const token: string = JSON.parse(String(init?.body)).refresh_token
    const sealed = seals.peek(token)
    const isOwn = !sealed && (await seals.isOwn(token))
    if (sealed || !(isOwn || isHandle(token))) {
      // A session from elsewhere, whose access token has expired: its first grant is its sign-in.
      const body = JSON.stringify({ refresh_token: sealed ?? token })
      return sealAnswer(await fetch(input, { ...init, body }), isHandle(token) ? token : undefined)
    }
    try {
      if (isOwn) return answer(await coordinator.getSession())
    } catch (error) {
      // What is still valid will do. If nothing is, auth-js takes the error as passing, and keeps the session.
      const current = coordinator.current()
      if (current && remainingMs(current, browserClock.nowMs()) > 0) return answer(current.tokens)
      if (current) throw error
    }
    // In the server's words, since auth-js and apps branch on them.
    const message = 'Invalid Refresh Token: Refresh Token Not Found'
    return answer({ code: 'refresh_token_not_found', message }, 400)
  }

  /** Keeps the refresh token of a new session back, for the record, and answers with a handle. */
  const sealAnswer = async (response: Response, handle?: string): Promise<Response> => {
    const body = response.ok ? await jsonOf(response) : {}
    const { access_token, refresh_token } = body
    if (typeof access_token !== 'string' || typeof refresh_token !== 'string') return response
    return answer({ ...body, refresh_token: seals.seal(refresh_token, handle) })
  }

  const onUser = async (response: Response, init: RequestInit = {}): Promise<Response> => {
    const body = await jsonOf(response)
    if (init.method === 'GET' && response.status === 403 && errorCodeOf(body) === 'session_not_found') {
      doubts.push(new Headers(init.headers).get('Authorization') ?? '')
    }
    if (init.method === 'PUT' && response.ok) {
      const user = (body.user ?? body) as Session['user']
      // The session object that auth-js will save may be older than the record; the user is what is new.
      if (user.id && user.id === coordinator.current()?.tokens.user?.id)
        await coordinator.updateSession({ user })
    }
    return response
  }

  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    const path = url.startsWith(`${authUrl}/`) ? url.slice(authUrl.length) : ''
    if (path.startsWith('/token?grant_type=refresh_token')) return refresh(input, init)
    // What is doubted no more: the user ends it.
    if (path.startsWith('/logout')) doubts.length = 0
    const known = coordinator.current()
    const response = await fetch(input, init)
    if (!path) {
      // Rare, so it is loaded only then.
      const late = response.status === 401 && (await import('./late-query.ts').catch(() => null))
      return late ? late.repeat(response, coordinator, known, fetch, input, init) : response
    }
    if (/^\/user(\?|$)/.test(path)) return onUser(response, init)
    if (!path.startsWith('/factors/')) return sealAnswer(response)
    // A second factor raises the level of the session that there is, whose handle stays, and not of one that has ended.
    return coordinator.current()?.handle === known?.handle
      ? sealAnswer(response, known?.handle)
      : answer({ code: 'session_not_found' }, 403)
  }
}

const answer = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: JSON_HEADERS })
