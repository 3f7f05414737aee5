import type { AuthServerOptions, Fault } from '@solotab/auth-server'

type ServerOptions = Partial<
  Pick<
    AuthServerOptions,
    'accessTokenSeconds' | 'reuseIntervalSeconds' | 'algorithm' | 'latencyMs' | 'rateLimit'
  >
>

/** The control API of one of the demo's own servers, as far as the lab uses it. */
export interface Control {
  /** Everything to the start, with these options. */
  reset(options: ServerOptions): Promise<void>
  change(options: ServerOptions): Promise<void>
  passTime(ms: number): Promise<void>
  /** The next refreshes go wrong. */
  fault(fault: Pick<Fault, 'kind'> & Partial<Fault>): Promise<void>
  ban(email: string): Promise<void>
}

export function createControl(url: string): Control {
  const send = async (method: string, path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${url}/control/${path}`, { method, body: JSON.stringify(body) })
    if (response.ok) return
    const problem = await response.json().catch(() => null)
    throw new Error(problem?.message ?? `The demo's server answered ${response.status}`)
  }
  return {
    reset: (options) => send('POST', 'reset', options),
    change: (options) => send('PATCH', 'options', options),
    passTime: (ms) => send('POST', 'pass-time', { ms }),
    fault: (fault) => send('POST', 'faults', fault),
    ban: (email) => send('POST', 'ban', { email }),
  }
}
