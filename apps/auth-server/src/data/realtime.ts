import { upgradeWebSocket } from '@hono/node-server'
import type { WSContext } from 'hono/ws'
import { type AppHandler, isRecord, parseJson } from '../http.ts'
import type { ServerState } from '../server-state.ts'

/** A message of the Phoenix protocol: `[join_ref, ref, topic, event, payload]`, or in version 1.0.0 an object of these. */
interface PhoenixMessage {
  readonly isArray: boolean
  readonly joinRef: string | null
  readonly ref: string | null
  readonly topic: string
  readonly event: string
  readonly payload: Readonly<Record<string, unknown>>
}

/**
 * `GET /realtime/v1/websocket`: answers joins, heartbeats and leaves with ok, and writes down each access token that is
 * shown. It lets expired tokens join, and has no events of its own.
 */
export function realtime(state: ServerState): AppHandler {
  return upgradeWebSocket((c) => {
    const apiKey = c.req.query('apikey') ?? ''
    return {
      onOpen: () => state.realtimeLog.opened(),
      onClose: () => state.realtimeLog.closed(),
      onMessage: ({ data }, socket) => {
        const message = parseMessage(data)
        if (message !== null) void receive(state, apiKey, socket, message)
      },
    }
  })
}

/** Whoever has its answer finds its token in the log. */
async function receive(
  state: ServerState,
  apiKey: string,
  socket: WSContext,
  message: PhoenixMessage,
): Promise<void> {
  await recordToken(state, apiKey, message)
  reply(socket, message)
}

/** Null for what is not such a message: broadcasts, which are binary, among them. */
function parseMessage(data: unknown): PhoenixMessage | null {
  const parts = typeof data === 'string' ? parseJson(data) : null
  const isArray = Array.isArray(parts)
  if (!isArray && !isRecord(parts)) return null
  const [joinRef, ref, topic, event, payload] = isArray
    ? (parts as unknown[])
    : [parts.join_ref, parts.ref, parts.topic, parts.event, parts.payload]
  if (typeof topic !== 'string' || typeof event !== 'string') return null
  return {
    isArray,
    joinRef: typeof joinRef === 'string' ? joinRef : null,
    ref: typeof ref === 'string' ? ref : null,
    topic,
    event,
    payload: isRecord(payload) ? payload : {},
  }
}

function reply(socket: WSContext, message: PhoenixMessage): void {
  const { isArray, joinRef, ref, topic, event, payload } = message
  if (event !== 'phx_join' && event !== 'heartbeat' && event !== 'phx_leave') return
  const response = event === 'phx_join' ? { postgres_changes: acceptedChanges(payload) } : {}
  const answer = { status: 'ok', response }
  const parts = [joinRef, ref, topic, 'phx_reply', answer]
  const record = { join_ref: joinRef, ref, topic, event: 'phx_reply', payload: answer }
  socket.send(JSON.stringify(isArray ? parts : record))
}

/** A client that listens to a table wants each of its filters back, with an id. */
function acceptedChanges(payload: PhoenixMessage['payload']): unknown[] {
  const config = isRecord(payload.config) ? payload.config : {}
  const filters: unknown[] = Array.isArray(config.postgres_changes) ? config.postgres_changes : []
  return filters.map((filter, index) => ({ id: index + 1, ...(isRecord(filter) ? filter : {}) }))
}

async function recordToken(state: ServerState, apiKey: string, message: PhoenixMessage): Promise<void> {
  const { topic, event, payload } = message
  const token = payload.access_token
  if ((event !== 'phx_join' && event !== 'access_token') || typeof token !== 'string') return
  const shown = { atMs: state.nowMs(), event, topic } as const
  if (token === apiKey) return state.realtimeLog.add({ ...shown, state: 'anon', sessionId: null, iat: null })
  const check = await state.accessTokens.check(token, shown.atMs)
  const facts =
    check.kind === 'invalid'
      ? { sessionId: null, iat: null }
      : { sessionId: check.claims.session_id, iat: check.claims.iat }
  state.realtimeLog.add({ ...shown, state: check.kind, ...facts })
}
