import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server'
import { WebSocketServer } from 'ws'
import { createApp } from './app.ts'
import { AuthServerError } from './errors.ts'
import { type AuthServerOptions, DEFAULT_OPTIONS, mergeOptions } from './options.ts'
import { ServerState } from './server-state.ts'

/** A running server. */
export interface AuthServer {
  /** Such as `http://127.0.0.1:54321`: the first argument of `createClient`. */
  readonly url: string
  readonly port: number
  /** The options of now: the control API can change some. */
  readonly options: AuthServerOptions
  /** Everything that the server remembers, for tests in the same process. */
  readonly state: ServerState
  /** Ends every connection, those that hang, stream or are websockets too. May be called twice. */
  close(): Promise<void>
}

/**
 * Starts a server and resolves once it listens.
 * @throws {AuthServerError} `option_unknown`, `option_invalid`; `listen_failed`: the address or port is not to be had.
 */
export async function startAuthServer(options: Partial<AuthServerOptions> = {}): Promise<AuthServer> {
  const resolved = mergeOptions(DEFAULT_OPTIONS, options)
  const state = await ServerState.create(resolved)
  const websockets = new WebSocketServer({ noServer: true })
  // Without a `createServer` of our own it is always a plain HTTP/1 server.
  const http = createAdaptorServer({
    fetch: createApp(state).fetch,
    overrideGlobalObjects: false,
    // The cast is for exactOptionalPropertyTypes alone: the two packages write an optional member differently.
    websocket: { server: websockets as WebSocketServerLike },
  }) as Server
  const { port } = await listen(http, resolved)
  const host = resolved.host.includes(':') ? `[${resolved.host}]` : resolved.host
  state.url = `http://${host}:${port}`
  let closing: Promise<void> | undefined
  return {
    url: state.url,
    port,
    get options() {
      return state.options
    },
    state,
    close() {
      closing ??= shutDown(http, websockets, state)
      return closing
    },
  }
}

async function listen(http: Server, { port, host }: AuthServerOptions): Promise<AddressInfo> {
  http.listen(port, host)
  try {
    await once(http, 'listening')
  } catch (cause) {
    throw new AuthServerError('listen_failed', `Cannot listen on ${host}:${port}`, { cause })
  }
  // A server that listens on TCP has an address of this kind.
  return http.address() as AddressInfo
}

async function shutDown(http: Server, websockets: WebSocketServer, state: ServerState): Promise<void> {
  const closed = once(http, 'close')
  http.close()
  for (const socket of websockets.clients) socket.terminate()
  http.closeAllConnections()
  state.waits.releaseAll()
  await closed
}
