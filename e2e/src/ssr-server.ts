import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServerClient, parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'
import { fingerprint } from './tabs.ts'

/** What a server that renders pages sees of a session. */
export interface Rendered {
  readonly email: string | null
  /** Names the access token without being a part of it. */
  readonly token: string | null
  /** Whether a refresh token stands in the cookies, or a handle. */
  readonly refreshToken: 'handle' | 'real' | null
}

export interface SsrServer {
  readonly url: string
  close(): Promise<void>
}

type Auth = ReturnType<typeof createServerClient>['auth']

/** One client for each request, as the documentation of `@supabase/ssr` has it. */
const clientFor = (authUrl: string, request: IncomingMessage, response: ServerResponse): Auth =>
  createServerClient(authUrl, 'anon', {
    cookies: {
      getAll: () =>
        parseCookieHeader(request.headers.cookie ?? '').map(({ name, value = '' }) => ({ name, value })),
      setAll(cookies) {
        for (const { name, value, options } of cookies) {
          response.appendHeader('Set-Cookie', serializeCookieHeader(name, value, options))
        }
      },
    },
  }).auth

const render = async (auth: Auth): Promise<Rendered> => {
  const { user } = (await auth.getUser()).data
  const { session } = (await auth.getSession()).data
  const kind = session?.refresh_token.startsWith('solotab-') ? 'handle' : 'real'
  return {
    email: user?.email ?? null,
    token: fingerprint(session?.access_token ?? null),
    refreshToken: session ? kind : null,
  }
}

/**
 * An app's server on loopback. Cookies know no ports, so it shares those of the app's pages. `/me` renders,
 * `/sign-in?email=&password=` and `/sign-out` act on the session, `/callback?code=&next=` ends a provider's sign-in.
 */
export async function startSsrServer(authUrl: string): Promise<SsrServer> {
  const http = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://app')
    const auth = clientFor(authUrl, request, response)
    const given = (name: string) => searchParams.get(name) ?? ''
    if (pathname === '/sign-in') {
      await auth.signInWithPassword({ email: given('email'), password: given('password') })
    }
    if (pathname === '/sign-out') await auth.signOut()
    if (pathname === '/callback') {
      await auth.exchangeCodeForSession(given('code'))
      response.writeHead(302, { Location: given('next') }).end()
      return
    }
    const body = JSON.stringify(await render(auth))
    response.setHeader('Content-Type', 'application/json').end(body)
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      const closed = once(http, 'close')
      http.close()
      http.closeAllConnections()
      await closed
    },
  }
}
