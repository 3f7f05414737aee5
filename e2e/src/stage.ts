import type { AuthServer, Fault, GrantEntry } from '@solotab/auth-server'
import { type ClientVersion, pagePath } from './client-versions.ts'

export const ADA = { email: 'ada@example.com', password: 'correct horse' }
export const BOB = { email: 'bob@example.com', password: 'battery staple' }

/** The query parameters of the page in `e2e/app`. */
export interface TabOptions {
  /**
   * `solotab` is made of the parts of `coordinate`, `client` by `createCoordinatedClient`, `ssr` by
   * `createCoordinatedBrowserClient`.
   */
  readonly mode?: 'stock' | 'solotab' | 'client' | 'ssr'
  readonly client?: ClientVersion
  readonly flow?: 'pkce' | 'implicit'
  readonly storage?: 'session'
  readonly refreshToken?: 'plain'
  readonly requestTimeoutMs?: number
  /** Has the page ask for the session at once, and note how long that took. */
  readonly measure?: 'session'
}

const PLAIN_FAULT = {
  match: 'refresh',
  times: 1,
  delayMs: 0,
  status: 500,
  code: 'unexpected_failure',
  message: 'Injected failure',
  headers: {},
  body: 'not-json',
} as const

/** What every world has, whatever its browser: the auth server, and the app's addresses. */
export class Stage {
  readonly server: AuthServer
  readonly #origin: string
  #opened = 0

  constructor(server: AuthServer, origin: string) {
    this.server = server
    this.#origin = origin
  }

  /** The address of a tab of that name; the server's list of grants has the names. */
  address(options: TabOptions = {}, name = `${++this.#opened}`): string {
    const query = Object.entries({ server: this.server.url, tab: name, ...options })
    return `${this.#origin}${pagePath(options.client)}?${new URLSearchParams(query.map(([key, value]) => [key, String(value)]))}`
  }

  /** Another page of the app's origin, without an app in it. */
  get elsewhere(): string {
    return `${this.#origin}/elsewhere`
  }

  /** Every refresh token grant that has reached the server. */
  refreshes(): readonly GrantEntry[] {
    return this.server.state.grantLog.entries.filter(({ grantType }) => grantType === 'refresh_token')
  }

  /** Lets the next request that matches go wrong; by default the next refresh token grant. */
  fault(fault: Pick<Fault, 'kind'> & Partial<Fault>): void {
    this.server.state.faults.add({ ...PLAIN_FAULT, ...fault })
  }

  /** Faults to come are removed, and all that waits goes on. */
  release(): void {
    this.server.state.faults.clear()
    this.server.state.waits.releaseAll()
  }
}

export { CLIENT_VERSIONS, type ClientVersion } from './client-versions.ts'
