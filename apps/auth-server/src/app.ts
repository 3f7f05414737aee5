import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { controlApi } from './control/control-api.ts'
import { injectFaults } from './control/inject-faults.ts'
import { noSuchTable, notes } from './data/notes.ts'
import { realtime } from './data/realtime.ts'
import { errorResponse } from './error-response.ts'
import { ApiError } from './errors.ts'
import type { Env } from './http.ts'
import { challengeFactor, enrollFactor, unenrollFactor, verifyFactor } from './routes/factors.ts'
import { health, jwks, settings } from './routes/info.ts'
import { logout } from './routes/logout.ts'
import { otp, recover } from './routes/mail.ts'
import { authorize, callback } from './routes/oauth.ts'
import { signup } from './routes/signup.ts'
import { token } from './routes/token.ts'
import { getUser, putUser } from './routes/user.ts'
import { verifyCode, verifyLink } from './routes/verify.ts'
import type { ServerState } from './server-state.ts'

/** What Supabase's gateway lets a browser send. A fixed list: a header that it would refuse must fail here too. */
const ALLOWED_HEADERS = [
  'accept',
  'accept-profile',
  'apikey',
  'authorization',
  'baggage',
  'content-profile',
  'content-type',
  'prefer',
  'range',
  'traceparent',
  'tracestate',
  'x-client-info',
  'x-retry-count',
  'x-supabase-api-version',
]

/** Without the last one in this list, auth-js cannot see the version, and then ignores the error code. */
const EXPOSED_HEADERS = ['X-Total-Count', 'Link', 'X-Supabase-Api-Version']

/** All routes of one server. */
export function createApp(state: ServerState): Hono<Env> {
  const app = new Hono<Env>()
  app.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowHeaders: ALLOWED_HEADERS,
      exposeHeaders: EXPOSED_HEADERS,
    }),
  )
  app.use('/auth/*', addLatency(state))
  app.use('/rest/*', addLatency(state))
  app.route('/auth/v1', authApi(state))
  app.on(['GET', 'POST', 'PATCH', 'DELETE'], '/rest/v1/notes', notes(state))
  app.all('/rest/v1/:table', noSuchTable())
  app.get('/realtime/v1/websocket', realtime(state))
  if (state.options.control) app.route('/control', controlApi(state))
  app.notFound((c) => errorResponse(c, new ApiError(404, 'not_found', 'Not found')))
  app.onError((error, c) => {
    if (!(error instanceof ApiError)) console.error(error)
    return errorResponse(c, error)
  })
  return app
}

function authApi(state: ServerState): Hono<Env> {
  const app = new Hono<Env>()
  app.use(injectFaults(state))
  app.get('/health', health())
  app.get('/settings', settings())
  app.get('/.well-known/jwks.json', jwks(state))
  app.post('/signup', signup(state))
  app.post('/token', token(state))
  app.get('/user', getUser(state))
  app.put('/user', putUser(state))
  app.post('/logout', logout(state))
  app.get('/authorize', authorize(state))
  app.get('/callback', callback(state))
  app.post('/otp', otp(state))
  app.post('/magiclink', otp(state))
  app.post('/recover', recover(state))
  app.get('/verify', verifyLink(state))
  app.post('/verify', verifyCode(state))
  app.post('/factors', enrollFactor(state))
  app.post('/factors/:id/challenge', challengeFactor(state))
  app.post('/factors/:id/verify', verifyFactor(state))
  app.delete('/factors/:id', unenrollFactor(state))
  return app
}

/** Delays the answer, not the work: what a request changes is changed on arrival. */
function addLatency(state: ServerState): Parameters<Hono<Env>['use']>[1] {
  return async (_c, next) => {
    const waits = state.waits.begin()
    await next()
    await waits.elapsed(state.options.latencyMs)
  }
}
