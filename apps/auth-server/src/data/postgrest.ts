import type { AppContext } from '../http.ts'

/** A refusal in the words of PostgREST, or of PostgreSQL by way of it. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 406
  readonly code: string
  readonly message: string
}

export type Row = Readonly<Record<string, string | number>>

/** Answers with `code`, `message` and, as PostgREST does, with nothing under `details` and `hint`. */
export function refuse(c: AppContext, { status, code, message }: Refusal): Response {
  if (status === 401)
    c.header('WWW-Authenticate', `Bearer error="invalid_token", error_description="${message}"`)
  return c.json({ code, details: null, hint: null, message }, status)
}

/** Whether whoever writes wants to see the rows. */
export function wantsRows(c: AppContext): boolean {
  return c.req.header('Prefer')?.includes('return=representation') ?? false
}

/** Answers with rows in the form that the request accepts: a list, the only row of it, or CSV (RFC 4180). */
export function sendRows(c: AppContext, status: 200 | 201, columns: readonly string[], rows: readonly Row[]) {
  const accepts = c.req.header('Accept') ?? ''
  if (accepts.startsWith('text/csv')) {
    c.header('Content-Type', 'text/csv; charset=utf-8')
    return c.body(csv(columns, rows), status)
  }
  if (!accepts.startsWith('application/vnd.pgrst.object+json')) return c.json(rows, status)
  const [only, ...others] = rows
  if (only && others.length === 0) return c.json(only, status)
  return refuse(c, {
    status: 406,
    code: 'PGRST116',
    message: 'Cannot coerce the result to a single JSON object',
  })
}

function csv(columns: readonly string[], rows: readonly Row[]): string {
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map(csvCell).join(','))
    .join('\n')
}

function csvCell(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
