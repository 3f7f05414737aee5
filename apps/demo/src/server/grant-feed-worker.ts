import type { GrantEntry } from '@solotab/auth-server'
import { applyGrantEvent, type FeedMessage } from './grants.ts'

/**
 * A shared worker: it holds the one stream that all tabs read. A browser opens six HTTP/1.1 connections to an
 * address, for all tabs together; with a stream in each, the seventh tab could not reach the server any more.
 */
const ports = new Set<MessagePort>()
let grants: readonly GrantEntry[] = []
let connected = false

const stream = new EventSource(new URL('/control/stream', location.origin))

function tell(message: FeedMessage): void {
  connected = message.type !== 'lost'
  if (message.type !== 'lost') grants = applyGrantEvent(grants, message)
  for (const port of ports) port.postMessage(message)
}

for (const type of ['snapshot', 'grant', 'grant-updated'] as const) {
  stream.addEventListener(type, ({ data }) => tell({ type, ...JSON.parse(data) }))
}
// It reconnects by itself, and then begins with a snapshot.
stream.addEventListener('error', () => tell({ type: 'lost' }))

self.addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0]
  if (!port) return
  ports.add(port)
  port.onmessage = () => ports.delete(port) // the page's farewell
  if (connected) port.postMessage({ type: 'snapshot', grants } satisfies FeedMessage)
})
