import { Hono } from 'hono'
import { AuthServerError } from '../errors.ts'
import { type AppContext, Body, type Env, isRecord, parseJson } from '../http.ts'
import type { AuthServerOptions } from '../options.ts'
import type { ServerState } from '../server-state.ts'
import type { Session } from '../session.ts'
import type { User } from '../user.ts'
import { parseFault } from './faults.ts'
import { stats } from './stats.ts'
import { stream } from './stream.ts'

const MAX_PASS_MS = 365 * 24 * 60 * 60 * 1000 // 1 year

/** The routes under `/control`. An error is `{ code, message }`: 404 for an unknown user or session, else 400. */
export function controlApi(state: ServerState): Hono<Env> {
  const app = new Hono<Env>()
  mountRecords(app, state)
  mountSwitches(app, state)
  mountAccounts(app, state)
  app.onError((error, c) => {
    if (!(error instanceof AuthServerError)) throw error
    return c.json({ code: error.code, message: error.message }, error.code.endsWith('_not_found') ? 404 : 400)
  })
  return app
}

/** What has happened. */
function mountRecords(app: Hono<Env>, state: ServerState): void {
  app.get('/grants', (c) => c.json({ grants: state.grantLog.entries }))
  app.get('/stats', (c) => c.json(stats(state)))
  app.get('/realtime', (c) => c.json({ presented: state.realtimeLog.presented }))
  app.get('/mail', (c) => c.json({ mail: state.mailbox.list(c.req.query('email')) }))
  app.get('/stream', stream(state))
}

/** How the server behaves. */
function mountSwitches(app: Hono<Env>, state: ServerState): void {
  app.get('/options', (c) => c.json(shown(state.options)))
  app.patch('/options', async (c) => {
    state.changeOptions(await members(c))
    return c.json(shown(state.options))
  })
  app.post('/reset', async (c) => {
    await state.reset(await members(c))
    return c.json(shown(state.options))
  })
  app.post('/pass-time', async (c) => {
    const { ms } = await members(c)
    if (typeof ms !== 'number' || !(ms >= 0 && ms <= MAX_PASS_MS)) {
      throw new AuthServerError('option_invalid', `ms must be a number from 0 to ${MAX_PASS_MS}`)
    }
    state.passTime(ms)
    return c.json({ nowMs: state.nowMs() })
  })
  app.get('/faults', (c) => c.json({ faults: state.faults.pending }))
  app.post('/faults', async (c) => {
    state.faults.add(parseFault(await members(c)))
    return c.json({ faults: state.faults.pending }, 201)
  })
  app.delete('/faults', (c) => {
    state.faults.clear()
    state.waits.releaseAll()
    return c.body(null, 204)
  })
}

/** What becomes of users and sessions. */
function mountAccounts(app: Hono<Env>, state: ServerState): void {
  app.post('/expire', async (c) => {
    const sessions = sessionsMeant(state, new Body(await members(c)))
    for (const session of sessions) state.accessTokens.expire(session.id)
    return c.json({ sessionIds: sessions.map(({ id }) => id) })
  })
  app.post('/revoke', async (c) => {
    const sessions = sessionsMeant(state, new Body(await members(c)))
    for (const session of sessions) state.store.deleteSession(session)
    return c.json({ sessionIds: sessions.map(({ id }) => id) })
  })
  app.post('/ban', async (c) => {
    const body = new Body(await members(c))
    const user = userMeant(state, body)
    user.isBanned = body.boolean('banned', true)
    return c.json({ banned: user.isBanned })
  })
  app.post('/delete-user', async (c) => {
    state.store.deleteUser(userMeant(state, new Body(await members(c))))
    return c.body(null, 204)
  })
}

/** One session by id, all of a user, or all there are. */
function sessionsMeant(state: ServerState, body: Body): Session[] {
  if (body.has('email')) return state.store.sessionsOf(userMeant(state, body).id)
  if (!body.has('sessionId')) return [...state.store.sessions.values()]
  const session = state.store.sessions.get(body.string('sessionId'))
  if (!session) throw new AuthServerError('session_not_found', 'No session has this id')
  return [session]
}

function userMeant(state: ServerState, body: Body): User {
  const user = state.store.findUserByEmail(body.string('email'))
  if (!user) throw new AuthServerError('user_not_found', 'No user has this address')
  return user
}

/** The members of the body; none for an empty one. */
async function members(c: AppContext): Promise<Record<string, unknown>> {
  const text = await c.req.text()
  const body = text === '' ? {} : parseJson(text)
  if (!isRecord(body)) throw new AuthServerError('bad_json', 'The body must be a JSON object')
  return body
}

/** Passwords stay inside. */
function shown(options: AuthServerOptions) {
  return { ...options, users: options.users.map(({ email }) => ({ email })) }
}
