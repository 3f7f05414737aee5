import type { AppContext } from './http.ts'
import type { ServerState } from './server-state.ts'

/**
 * Where a browser goes after an OAuth sign-in or a mailed link: `redirect_to`, else the page it came from, else this
 * server. Any http or https address will do: unlike Supabase Auth, there is no allow list.
 */
export function redirectTarget(state: ServerState, c: AppContext): string {
  const wanted = [c.req.query('redirect_to'), c.req.header('Referer')]
  return wanted.find((address) => isWebAddress(address)) ?? state.url
}

function isWebAddress(address: string | undefined): boolean {
  const protocol = URL.parse(address ?? '')?.protocol
  return protocol === 'http:' || protocol === 'https:'
}
