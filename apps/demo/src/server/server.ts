import type { AuthServerOptions } from '@solotab/auth-server'

/** Where the Supabase project of this page is. */
export interface Server {
  readonly url: string
  readonly key: string
  /** False for a real project: it cannot be told to expire a token, and does not tell of its grants. */
  readonly hasControl: boolean
}

/** The demo's own server answers at the page's own address, unless the build was given a real project. */
export function findServer(env: ImportMetaEnv, origin: string): Server {
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_KEY: key } = env
  return url && key ? { url, key, hasControl: false } : { url: origin, key: 'anon', hasControl: true }
}

export type Knobs = Pick<
  AuthServerOptions,
  'accessTokenSeconds' | 'reuseIntervalSeconds' | 'latencyMs' | 'rateLimit'
>

/** The control API of the demo's own server, as far as the page uses it. */
export interface Control {
  knobs(): Promise<Knobs>
  change(knobs: Partial<Knobs>): Promise<void>
  /** The access tokens that this session was given so far count as expired. */
  expire(sessionId: string): Promise<void>
}

export function createControl(url: string): Control {
  const send = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) }
    // A page that is being left must still be able to put a knob back.
    const response = await fetch(`${url}/control/${path}`, { method, keepalive: method !== 'GET', ...json })
    if (response.ok) return response
    const problem = await response.json().catch(() => null)
    throw new Error(problem?.message ?? `The demo's server answered ${response.status}`)
  }
  return {
    knobs: async () => (await send('GET', 'options')).json(),
    change: async (knobs) => void (await send('PATCH', 'options', knobs)),
    expire: async (sessionId) => void (await send('POST', 'expire', { sessionId })),
  }
}
