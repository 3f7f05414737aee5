import { type AppContext, type AppHandler, bearerToken, isRecord, parseJson } from '../http.ts'
import type { ServerState } from '../server-state.ts'
import type { Note } from '../store.ts'

/** Query parameters that are understood; the others would change the answer, so they are refused. */
const PARAMETERS = ['select', 'columns', 'id', 'order']

/** A refusal in the words of PostgREST. */
interface Refusal {
  readonly status: 400 | 401 | 406
  readonly code: string
  readonly message: string
}

/** Who asks: a user, nobody in particular, or somebody whose token is refused. */
type Reader = { readonly userId: string | null } | Refusal

const FORBIDDEN: Refusal = {
  status: 401,
  code: '42501',
  message: 'new row violates row-level security policy for table "notes"',
}

/**
 * `GET`, `POST` and `DELETE /rest/v1/notes`: a table with row-level security, as far as supabase-js needs it for
 * `select()`, `insert()`, `delete()`, `eq('id', ...)`, `order('id')` and `single()`.
 *
 * Like PostgREST it looks at the access token alone: one that has not expired works after its session was deleted.
 */
export function notes(state: ServerState): AppHandler {
  return async (c) => {
    const reader = await readerOf(state, c)
    if ('code' in reader) return refuse(c, reader)
    const unknown = Object.keys(c.req.query()).find((name) => !PARAMETERS.includes(name))
    if (unknown !== undefined) {
      return refuse(c, { status: 400, code: 'PGRST100', message: `"failed to parse filter (${unknown})"` })
    }
    switch (c.req.method) {
      case 'POST':
        return insert(state, c, reader.userId)
      case 'DELETE':
        return remove(state, c, reader.userId)
      default:
        return rows(c, 200, select(state, c, reader.userId))
    }
  }
}

async function readerOf(state: ServerState, c: AppContext): Promise<Reader> {
  const token = bearerToken(c)
  if (token === null || token === c.req.header('apikey')) {
    state.restLog.add('anon')
    return { userId: null }
  }
  const check = await state.accessTokens.check(token, state.nowMs())
  state.restLog.add(check.kind)
  if (check.kind === 'valid') return { userId: check.claims.sub }
  if (check.kind === 'expired') return { status: 401, code: 'PGRST303', message: 'JWT expired' }
  return { status: 401, code: 'PGRST301', message: 'No suitable key or wrong key type' }
}

function select(state: ServerState, c: AppContext, userId: string | null): Note[] {
  const id = c.req.query('id')
  const found = [...state.store.notes.values()].filter(
    (note) => note.user_id === userId && (id === undefined || id === `eq.${note.id}`),
  )
  return c.req.query('order')?.startsWith('id.desc') ? found.reverse() : found
}

async function insert(state: ServerState, c: AppContext, userId: string | null): Promise<Response> {
  const body = parseJson(await c.req.text())
  const texts = (Array.isArray(body) ? body : [body]).map((row) => (isRecord(row) ? row.text : undefined))
  if (!texts.every((text) => typeof text === 'string')) {
    return refuse(c, { status: 400, code: 'PGRST102', message: 'Each row must be an object with a text' })
  }
  if (userId === null) return refuse(c, FORBIDDEN)
  const added = texts.map((text) => state.store.addNote(userId, text, state.nowMs()))
  return wantsRows(c) ? rows(c, 201, added) : c.body(null, 201)
}

function remove(state: ServerState, c: AppContext, userId: string | null): Response {
  const removed = select(state, c, userId)
  for (const note of removed) state.store.notes.delete(note.id)
  return wantsRows(c) ? rows(c, 200, removed) : c.body(null, 204)
}

function wantsRows(c: AppContext): boolean {
  return c.req.header('Prefer')?.includes('return=representation') ?? false
}

function rows(c: AppContext, status: 200 | 201, found: readonly Note[]): Response {
  const wantsOne = c.req.header('Accept')?.startsWith('application/vnd.pgrst.object+json') ?? false
  if (!wantsOne) return c.json(found, status)
  const [only, ...others] = found
  if (only && others.length === 0) return c.json(only, status)
  return refuse(c, {
    status: 406,
    code: 'PGRST116',
    message: 'Cannot coerce the result to a single JSON object',
  })
}

function refuse(c: AppContext, { status, code, message }: Refusal): Response {
  if (status === 401)
    c.header('WWW-Authenticate', `Bearer error="invalid_token", error_description="${message}"`)
  return c.json({ code, details: null, hint: null, message }, status)
}
