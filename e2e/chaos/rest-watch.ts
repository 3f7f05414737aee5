import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { claimsOf } from './claims.ts'

/** One request for data, as the server got it. */
export interface RestRequest {
  /** The name that the page gave it. */
  readonly sending: string
  readonly arrivedMs: number
  readonly status: number
  /** When its token expires, or has expired; null without a user's token. */
  readonly expiresMs: number | null
}

const REQUEST_START = 'http.server.request.start'

/** Notes every request for data that reaches the server on this port of this process. `stop` ends it. */
export function watchRest(port: number): { readonly requests: readonly RestRequest[]; stop(): void } {
  const requests: RestRequest[] = []
  const note = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    if (request.socket.localPort !== port || request.method === 'OPTIONS') return
    if (!request.url?.startsWith('/rest/')) return
    const arrivedMs = Date.now()
    const bearer = (request.headers.authorization ?? '').slice('Bearer '.length)
    const { exp } = claimsOf(bearer) ?? {}
    response.once('finish', () => {
      requests.push({
        sending: String(request.headers.baggage ?? ''),
        arrivedMs,
        status: response.statusCode,
        expiresMs: exp === undefined ? null : exp * 1000,
      })
    })
  }
  subscribe(REQUEST_START, note)
  return { requests, stop: () => void unsubscribe(REQUEST_START, note) }
}
