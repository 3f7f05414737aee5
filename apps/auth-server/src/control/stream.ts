import { once } from 'node:events'
import { streamSSE } from 'hono/streaming'
import type { AppHandler } from '../http.ts'
import type { ServerState } from '../server-state.ts'

const KEEP_ALIVE_MS = 15 * 1000 // 15 seconds: proxies cut a silent connection after 30 to 60

/**
 * `GET /control/stream`: server-sent events. First `snapshot` with every grant so far, then `grant` and
 * `grant-updated`; a reset sends a new, empty `snapshot`.
 */
export function stream(state: ServerState): AppHandler {
  return (c) =>
    streamSSE(c, async (sse) => {
      const unsubscribe = state.grantLog.subscribe((event) => {
        const { type, ...data } = event
        void sse.writeSSE({ event: type, data: JSON.stringify(data) })
      })
      const keepAlive = setInterval(() => void sse.write(': keep-alive\n\n'), KEEP_ALIVE_MS)
      if (!c.env.outgoing.closed) await once(c.env.outgoing, 'close')
      clearInterval(keepAlive)
      unsubscribe()
    })
}
