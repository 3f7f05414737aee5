import { claimsOf } from '../claims.ts'
import { digest, load, tell } from './tell.ts'

let grants = 0
let queries = 0
let underWay = ''

/** The grant that this page has sent and that has just ended, once; '' if none. It sends one at a time. */
export function endGrant(): string {
  const grant = underWay
  underWay = ''
  return grant
}

/** The page's `fetch` under the gate, or under stock supabase-js: what leaves here goes to the network. */
export const toldFetch: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : String(input))
  if (url.searchParams.get('grant_type') === 'refresh_token') return sendGrant(url, init)
  if (url.pathname.startsWith('/rest/')) return sendQuery(url, init)
  return fetch(url, init)
}

async function sendGrant(url: URL, init: RequestInit | undefined): Promise<Response> {
  const grant = `${load}.${++grants}`
  underWay = grant
  url.searchParams.set('tab', grant)
  tell({ type: 'grant-sent', grant, presented: digest(JSON.parse(String(init?.body)).refresh_token) })
  const response = await fetch(url, init)
  // The answer counts when its body is here.
  const body = await response.arrayBuffer()
  tell({ type: 'grant-answered', grant, status: response.status })
  return new Response(body, response)
}

function sendQuery(url: URL, init: RequestInit | undefined): Promise<Response> {
  const sending = `${load}.${++queries}`
  const headers = new Headers(init?.headers)
  // A header that the server lets pass; supabase-js repeats a query, so its sendings need names.
  headers.set('baggage', sending)
  const bearer = (headers.get('Authorization') ?? '').slice('Bearer '.length)
  const expiresMs = (claimsOf(bearer)?.exp ?? Number.NaN) * 1000
  const validForMs = Number.isNaN(expiresMs) ? null : expiresMs - Date.now()
  tell({ type: 'query-sent', sending, validForMs })
  // Else Chromium has queries for the same thing wait for each other, to answer them from its cache.
  return fetch(url, { ...init, headers, cache: 'no-store' })
}
