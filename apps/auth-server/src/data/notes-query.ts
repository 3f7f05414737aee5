import type { Note } from '../store.ts'
import type { Refusal, Row } from './postgrest.ts'

const COLUMNS = ['id', 'user_id', 'text', 'created_at'] as const satisfies readonly (keyof Note)[]
type Column = (typeof COLUMNS)[number]

/** Query parameters that are understood; the others would change the answer, so they are refused. */
const PARAMETERS = ['select', 'columns', 'id', 'order', 'limit', 'offset']

/** What the query of a request asks for. */
export interface NotesQuery {
  /** Whether the request says which rows it means. */
  readonly isFiltered: boolean
  readonly columns: readonly Column[]
  /** The rows that are meant, in order, of those that the asker may see. */
  pick(notes: readonly Note[]): Note[]
  /** A row with the columns that are wanted. */
  row(note: Note): Row
}

/** Reads `select`, `id=eq.`, `order`, `limit` and `offset`. */
export function parseNotesQuery(query: Readonly<Record<string, string>>): NotesQuery | Refusal {
  const unknown = Object.keys(query).find((name) => !PARAMETERS.includes(name))
  if (unknown !== undefined) return notUnderstood('filter', unknown)
  const { select = '*', id, order = '', limit = '', offset = '' } = query
  const columns = select === '*' ? COLUMNS : select.split(',')
  const terms = order === '' ? [] : order.split(',').map((term) => term.split('.'))
  const missing = [...columns, ...terms.map(([column]) => column)].find((name) => !isColumn(name))
  if (missing !== undefined) {
    return { status: 400, code: '42703', message: `column notes.${missing} does not exist` }
  }
  if (id !== undefined && !/^eq\.\d+$/.test(id)) return notUnderstood('filter', 'id')
  if (!/^\d*$/.test(limit)) return notUnderstood('limit', 'limit')
  if (!/^\d*$/.test(offset)) return notUnderstood('offset', 'offset')
  const from = Number(offset)
  const to = limit === '' ? undefined : from + Number(limit)
  return {
    isFiltered: id !== undefined,
    columns: columns.filter(isColumn),
    pick: (notes) =>
      notes
        .filter((note) => id === undefined || id === `eq.${note.id}`)
        .sort((a, b) => inOrder(a, b, terms))
        .slice(from, to),
    row: (note) => Object.fromEntries(columns.filter(isColumn).map((column) => [column, note[column]])),
  }
}

/** Negative if `a` comes first. Rows that are equal in all terms stay as they were added. */
function inOrder(a: Note, b: Note, terms: readonly (readonly string[])[]): number {
  for (const [column, direction] of terms) {
    if (!isColumn(column)) continue
    const sign = direction === 'desc' ? -1 : 1
    if (a[column] !== b[column]) return a[column] < b[column] ? -sign : sign
  }
  return 0
}

function isColumn(name: unknown): name is Column {
  return COLUMNS.some((column) => column === name)
}

function notUnderstood(what: string, name: string): Refusal {
  return { status: 400, code: 'PGRST100', message: `"failed to parse ${what} (${name})"` }
}
