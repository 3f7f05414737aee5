import type { MiddlewareHandler } from 'hono'
import { errorResponse } from '../error-response.ts'
import { ApiError } from '../errors.ts'
import { type AppContext, cutConnection, type Env } from '../http.ts'
import type { ServerState } from '../server-state.ts'
import type { Fault, FaultMatch } from './faults.ts'
import { recordGrant } from './record-grant.ts'

/** Middleware of `/auth/v1` that lets the next fault of the queue happen to the requests it matches. */
export function injectFaults(state: ServerState): MiddlewareHandler<Env> {
  return async (c, next) => {
    const fault = state.faults.take(endpointOf(c))
    if (fault === null) return next()
    c.set('fault', fault.kind)
    const waits = state.waits.begin()
    switch (fault.kind) {
      case 'delay':
        await waits.elapsed(fault.delayMs)
        return next()
      case 'delay-answer':
        await next()
        await waits.elapsed(fault.delayMs)
        return
      case 'drop-answer':
        await next()
        await waits.elapsed(fault.delayMs)
        c.res = cutConnection(c)
        return
      case 'hang-after-commit':
        await next()
        await waits.connectionClosed(c.env.outgoing)
        c.res = cutConnection(c)
        return
      case 'hang':
        recordFailure(state, c, null, null)
        await waits.connectionClosed(c.env.outgoing)
        return cutConnection(c)
      case 'drop-request':
        recordFailure(state, c, null, null)
        await waits.elapsed(fault.delayMs)
        return cutConnection(c)
      case 'status':
        recordFailure(state, c, fault.code, fault.status)
        await waits.elapsed(fault.delayMs)
        return refuse(c, fault)
      case 'garbage':
        recordFailure(state, c, null, 200)
        await waits.elapsed(fault.delayMs)
        return fault.body === 'no-tokens' ? c.json({ ok: true }) : c.html('<h1>Welcome to the hotel</h1>')
    }
  }
}

function refuse(c: AppContext, fault: Fault): Response {
  for (const [name, value] of Object.entries(fault.headers)) c.header(name, value)
  return errorResponse(c, new ApiError(fault.status, fault.code, fault.message))
}

/** A fault that keeps a grant from being performed stands in the log in its place. */
function recordFailure(
  state: ServerState,
  c: AppContext,
  code: string | null,
  httpStatus: number | null,
): void {
  if (!c.req.path.endsWith('/token')) return
  recordGrant(state, c, { outcome: 'failed', sessionId: null, code, httpStatus, reuse: false })
}

function endpointOf(c: AppContext): FaultMatch | null {
  const endpoint = c.req.path.slice(c.req.path.lastIndexOf('/') + 1)
  if (endpoint === 'user' || endpoint === 'logout') return endpoint
  if (endpoint !== 'token') return null
  const grantType = c.req.query('grant_type')
  if (grantType === 'refresh_token') return 'refresh'
  return grantType === 'password' ? 'password' : null
}
