import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'

type Next = () => void

/**
 * Hands requests under `prefix` on to another server, without the prefix, and says nothing of its own: a connection
 * that is cut on one side is cut on the other, since a lost answer must look like one.
 */
export function forward(prefix: string, target: string) {
  return (incoming: IncomingMessage, response: ServerResponse, next: Next): void => {
    const path = incoming.url ?? '/'
    if (!path.startsWith(`${prefix}/`)) {
      next()
      return
    }
    const onward = request(target + path.slice(prefix.length), {
      method: incoming.method ?? 'GET',
      headers: incoming.headers,
    })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      response.flushHeaders() // a stream of events begins with its headers alone
      pipeline(answer, response, () => {})
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    pipeline(incoming, onward, () => {})
  }
}
