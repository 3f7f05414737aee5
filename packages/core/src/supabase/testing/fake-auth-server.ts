import type { Session, User } from '@supabase/supabase-js'
import { browserClock } from '../../adapters/clock.ts'
import type { Fetch } from '../../adapters/fetch.ts'
import { JSON_HEADERS } from '../json.ts'

/** A request as the server got it, or would have got it, had the connection held. */
export interface SentRequest {
  readonly method: string
  /** From the server's own root, with the query. */
  readonly path: string
  readonly bearer: string
  readonly body: Record<string, unknown>
}

export interface FakeAuthServer {
  readonly fetch: Fetch
  readonly sent: SentRequest[]
  /** Every refresh token that was ever issued. */
  readonly issued: string[]
  /** Answers in the server's place; undefined leaves it to the server. What it throws is a dropped connection. */
  override: (request: SentRequest) => Response | undefined | Promise<Response | undefined>
  /** A new session, as from a sign-in elsewhere. */
  signIn(name?: string, lifetimeSeconds?: number): Session
  /** The refresh tokens that were sent for a grant, in their order. */
  grants(): unknown[]
}

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: JSON_HEADERS })

/** The answer about a session that the server does not know. */
export const sessionNotFound = (status: number): Response =>
  json({ code: 'session_not_found', message: 'Session not found' }, status)

export const isGrant = ({ path }: SentRequest): boolean => path.includes('grant_type=refresh_token')

export const isGetUser = ({ method, path }: SentRequest): boolean => method === 'GET' && path === '/user'

const encoded = (part: object): string =>
  btoa(JSON.stringify(part)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const jwtOf = (sub: string, session_id: string, lifetimeSeconds: number, serial: number): string => {
  const iat = Math.floor(browserClock.nowMs() / 1000)
  const claims = { sub, session_id, iat, exp: iat + lifetimeSeconds, serial }
  return [{ alg: 'HS256', typ: 'JWT' }, claims, { signature: serial }].map(encoded).join('.')
}

const subjectOf = (jwt: string): string => {
  const payload = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  return JSON.parse(atob(payload)).sub
}

const parsed = (body: unknown) => (typeof body === 'string' ? JSON.parse(body) : {})

/** Plays Supabase Auth with strict reuse detection (RFC 9700 section 4.14), at `url`. */
export const createAuthServer = (url: string): FakeAuthServer => {
  const authUrl = `${url}/auth/v1`
  /** Of which session a refresh token is; null once it has been used. */
  const sessions = new Map<unknown, { name: string; id: string } | null>()
  const profiles = new Map<string, Record<string, unknown>>()

  const userOf = (name: string): User => ({
    id: name,
    aud: 'authenticated',
    email: `${name}@app.test`,
    app_metadata: {},
    user_metadata: profiles.get(name) ?? {},
    created_at: '2026-01-01T00:00:00Z',
  })

  const grant = (refreshToken: unknown): Response => {
    const session = sessions.get(refreshToken)
    if (session === undefined) return json({ code: 'refresh_token_not_found', message: '' }, 400)
    if (session === null) return json({ code: 'refresh_token_already_used', message: '' }, 400)
    sessions.set(refreshToken, null)
    return json(issue(session.name, session.id))
  }

  const serve = ({ method, path, bearer, body }: SentRequest): Response => {
    if (path.startsWith('/token?grant_type=password')) return json(server.signIn(String(body.email)))
    if (path.startsWith('/token?grant_type=refresh_token')) return grant(body.refresh_token)
    if (path.startsWith('/logout')) return new Response(null, { status: 204 })
    const name = subjectOf(bearer)
    if (path.startsWith('/factors/')) return json(server.signIn(name))
    if (path !== '/user') return json({ code: 'not_found', message: path }, 404)
    if (method === 'PUT') profiles.set(name, body.data as Record<string, unknown>)
    return json(userOf(name))
  }

  const issue = (name: string, id: string, lifetimeSeconds = 3600): Session => {
    const serial = server.issued.length
    const refresh_token = `issued-${serial}-for-${name}`
    server.issued.push(refresh_token)
    sessions.set(refresh_token, { name, id })
    return {
      access_token: jwtOf(name, id, lifetimeSeconds, serial),
      refresh_token,
      expires_in: lifetimeSeconds,
      expires_at: Math.floor(browserClock.nowMs() / 1000) + lifetimeSeconds,
      token_type: 'bearer',
      user: userOf(name),
    }
  }

  const server: FakeAuthServer = {
    sent: [],
    issued: [],
    override: () => undefined,
    async fetch(input, init = {}) {
      const authorization = new Headers(init.headers).get('Authorization') ?? ''
      const request = {
        method: init.method ?? 'GET',
        path: String(input).slice(authUrl.length),
        bearer: authorization.slice('Bearer '.length),
        body: parsed(init.body),
      }
      server.sent.push(request)
      return (await server.override(request)) ?? serve(request)
    },
    signIn: (name = 'ada', lifetimeSeconds) =>
      issue(name, `session-${server.issued.length}`, lifetimeSeconds),
    grants: () => server.sent.filter(isGrant).map(({ body }) => body.refresh_token),
  }
  return server
}
