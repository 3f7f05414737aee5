import { type AppContext, type AppHandler, bearerToken, isRecord, parseJson } from '../http.ts'
import type { ServerState } from '../server-state.ts'
import type { Note } from '../store.ts'
import { type NotesQuery, parseNotesQuery } from './notes-query.ts'
import { type Refusal, refuse, sendRows, wantsRows } from './postgrest.ts'

/** Characters of one note. */
export const MAX_TEXT = 2000
/** Notes of one user: all of this is in memory. */
export const MAX_NOTES = 500

/** Who asks: a user, nobody in particular, or somebody whose token is refused. */
type Reader = { readonly userId: string | null } | Refusal

const FORBIDDEN = {
  code: '42501',
  message: 'new row violates row-level security policy for table "notes"',
}
const BAD_TEXT: Refusal = {
  status: 400,
  code: '23514',
  message: 'new row for relation "notes" violates check constraint "notes_text_check"',
}
const TOO_MANY: Refusal = {
  status: 400,
  code: 'P0001',
  message: `This server keeps ${MAX_NOTES} notes of one user`,
}

/**
 * `GET`, `POST`, `PATCH` and `DELETE /rest/v1/notes`: a table with row-level security, as far as supabase-js needs it for
 * `select()`, `insert()`, `update()`, `delete()`, `eq('id', ...)`, `order()`, `limit()`, `range()`, `single()` and `csv()`.
 *
 * Like PostgREST it looks at the access token alone: one that has not expired works after its session was deleted.
 */
export function notes(state: ServerState): AppHandler {
  return async (c) => {
    const reader = await readerOf(state, c)
    if ('code' in reader) return refuse(c, reader)
    const query = parseNotesQuery(c.req.query())
    if ('code' in query) return refuse(c, query)
    switch (c.req.method) {
      case 'POST':
        return insert(state, c, reader.userId, query)
      case 'PATCH':
        return update(state, c, reader.userId, query)
      case 'DELETE':
        return remove(state, c, reader.userId, query)
      default:
        return sendRows(c, 200, query.columns, select(state, reader.userId, query).map(query.row))
    }
  }
}

/** Any other table: as PostgREST says it of one that it does not know. */
export function noSuchTable(): AppHandler {
  return (c) => {
    const message = `Could not find the table 'public.${c.req.param('table')}' in the schema cache`
    return refuse(c, { status: 404, code: 'PGRST205', message })
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

function select(state: ServerState, userId: string | null, query: NotesQuery): Note[] {
  return query.pick(state.store.notesOf(userId))
}

async function insert(state: ServerState, c: AppContext, userId: string | null, query: NotesQuery) {
  const body = parseJson(await c.req.text())
  const rows: unknown[] = Array.isArray(body) ? body : [body]
  const texts = rows.map((row) => textIn(row, ['text', 'user_id']))
  const refusal = texts.find((text) => typeof text !== 'string')
  if (refusal) return refuse(c, refusal)
  if (userId === null) return refuse(c, { ...FORBIDDEN, status: 401 })
  // Who says whose the row is, and is wrong, has changed users meanwhile.
  const isForeign = (row: unknown) => isRecord(row) && (row.user_id ?? userId) !== userId
  if (rows.some(isForeign)) return refuse(c, { ...FORBIDDEN, status: 403 })
  if (state.store.notesOf(userId).length + texts.length > MAX_NOTES) return refuse(c, TOO_MANY)
  const added = texts.filter((text) => typeof text === 'string')
  return answer(
    c,
    201,
    query,
    added.map((text) => state.store.addNote(userId, text, state.nowMs())),
  )
}

async function update(state: ServerState, c: AppContext, userId: string | null, query: NotesQuery) {
  const text = textIn(parseJson(await c.req.text()), ['text'])
  if (typeof text !== 'string') return refuse(c, text)
  if (!query.isFiltered) return refuse(c, noWhere('UPDATE'))
  const changed = select(state, userId, query).map((note) => ({ ...note, text }))
  for (const note of changed) state.store.notes.set(note.id, note)
  return answer(c, 200, query, changed)
}

function remove(state: ServerState, c: AppContext, userId: string | null, query: NotesQuery): Response {
  if (!query.isFiltered) return refuse(c, noWhere('DELETE'))
  const removed = select(state, userId, query)
  for (const note of removed) state.store.notes.delete(note.id)
  return answer(c, 200, query, removed)
}

/** The text of a row to be written, which may have no other columns than these. */
function textIn(row: unknown, columns: readonly string[]): string | Refusal {
  if (!isRecord(row) || typeof row.text !== 'string') {
    return { status: 400, code: 'PGRST102', message: 'Each row must be an object with a text' }
  }
  const other = Object.keys(row).find((name) => !columns.includes(name))
  if (other !== undefined) {
    const message = `Could not find the '${other}' column of 'notes' in the schema cache`
    return { status: 400, code: 'PGRST204', message }
  }
  return row.text.length > 0 && row.text.length <= MAX_TEXT ? row.text : BAD_TEXT
}

/** A slip would change all rows; Supabase refuses that, too. */
function noWhere(statement: 'UPDATE' | 'DELETE'): Refusal {
  return { status: 400, code: '21000', message: `${statement} requires a WHERE clause` }
}

function answer(c: AppContext, status: 200 | 201, query: NotesQuery, written: readonly Note[]): Response {
  if (wantsRows(c)) return sendRows(c, status, query.columns, written.map(query.row))
  return c.body(null, status === 200 ? 204 : 201)
}
