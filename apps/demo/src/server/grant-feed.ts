import type { FeedMessage } from './grants.ts'

/** Reads the server's stream of grants, through one connection for all tabs. */
export function followGrants(onMessage: (message: FeedMessage) => void): void {
  const connect = () => {
    const worker = new SharedWorker(new URL('./grant-feed-worker.ts', import.meta.url), {
      type: 'module',
      name: 'solotab-demo-grants',
    })
    worker.port.onmessage = ({ data }) => onMessage(data)
    addEventListener('pagehide', () => worker.port.postMessage('bye'), { once: true })
  }
  if (!('SharedWorker' in globalThis)) {
    followAlone(onMessage)
    return
  }
  connect()
  // A page that comes back from the back/forward cache has said farewell.
  addEventListener('pageshow', (event) => event.persisted && connect())
}

/** Without shared workers (Chrome for Android): a stream of its own while the tab is visible. */
function followAlone(onMessage: (message: FeedMessage) => void): void {
  let stream: EventSource | null = null
  const followIfVisible = () => {
    stream?.close()
    stream = null
    if (document.visibilityState === 'hidden') return
    stream = new EventSource(new URL('/control/stream', location.origin))
    for (const type of ['snapshot', 'grant', 'grant-updated'] as const) {
      stream.addEventListener(type, ({ data }) => onMessage({ type, ...JSON.parse(data) }))
    }
    stream.addEventListener('error', () => onMessage({ type: 'lost' }))
  }
  document.addEventListener('visibilitychange', followIfVisible)
  followIfVisible()
}
