import { onTestFinished } from 'vitest'
import { ANON_KEY } from './anon-key.ts'
import { isRecord, parseJson } from './http.ts'
import type { AuthServerOptions } from './options.ts'
import { type AuthServer, startAuthServer } from './server.ts'
import type { TokenResponse } from './token-response.ts'

export const EMAIL = 'ada@example.com'
export const PASSWORD = 'correct horse'

/** A clock that stands still until it is told. */
export class FakeClock {
  #nowMs = Date.UTC(2026, 0, 1)

  readonly nowMs = (): number => this.#nowMs

  advance(ms: number): void {
    this.#nowMs += ms
  }

  advanceSeconds(seconds: number): void {
    this.advance(seconds * 1000)
  }
}

/** What came back: the body parsed if it is a JSON object, else empty. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Record<string, unknown>
}

export interface RequestParts {
  readonly body?: unknown
  /** The access token of the `Authorization` header. */
  readonly token?: string
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
}

/** A server of one test, closed when the test ends. It has one user, no rate limit, and the control API. */
export class TestServer {
  readonly server: AuthServer

  private constructor(server: AuthServer) {
    this.server = server
  }

  static async start(options: Partial<AuthServerOptions> = {}): Promise<TestServer> {
    const users = [{ email: EMAIL, password: PASSWORD }]
    const server = await startAuthServer({ rateLimit: null, control: true, users, ...options })
    onTestFinished(() => server.close())
    return new TestServer(server)
  }

  async request(method: string, path: string, parts: RequestParts = {}): Promise<Answer> {
    const headers = new Headers({ apikey: ANON_KEY, ...parts.headers })
    if (parts.token !== undefined) headers.set('Authorization', `Bearer ${parts.token}`)
    const response = await fetch(this.server.url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(parts.body === undefined ? {} : { body: asText(parts.body) }),
      ...(parts.signal === undefined ? {} : { signal: parts.signal }),
    })
    const text = await response.text()
    const body = parseJson(text)
    return { status: response.status, headers: response.headers, text, body: isRecord(body) ? body : {} }
  }

  auth(method: string, path: string, parts?: RequestParts): Promise<Answer> {
    return this.request(method, `/auth/v1${path}`, parts)
  }

  control(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.request(method, `/control${path}`, { body })
  }

  async signIn(): Promise<TokenResponse> {
    const body = { email: EMAIL, password: PASSWORD }
    return tokensOf(await this.auth('POST', '/token?grant_type=password', { body }))
  }

  refresh(refreshToken: string, parts: RequestParts = {}): Promise<Answer> {
    return this.auth('POST', '/token?grant_type=refresh_token', {
      body: { refresh_token: refreshToken },
      ...parts,
    })
  }

  /** A refresh that must succeed. */
  async refreshed(refreshToken: string): Promise<TokenResponse> {
    return tokensOf(await this.refresh(refreshToken))
  }
}

/** The tokens of an answer that must have some. */
export function tokensOf({ status, body }: Answer): TokenResponse {
  if (status !== 200)
    throw new Error(`expected tokens, got ${status} ${String(body.error_code ?? body.code)}`)
  return body as unknown as TokenResponse
}

/** The claims of an access token, unverified. */
export function claimsOf(accessToken: string): Record<string, unknown> {
  const [, payload = ''] = accessToken.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString())
}

function asText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}
