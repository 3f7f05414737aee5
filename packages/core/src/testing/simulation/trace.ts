/** What happened in a run, as a table of tabs against time. */
export interface Trace {
  /** @param column A tab's number, or what else it happened to. */
  note(column: number | 'world' | 'record' | 'server', what: string): void
  toString(): string
}

interface Entry {
  readonly atMs: number
  readonly column: string
  readonly what: string
}

/** Rows of a trace that are printed: how it came to it, and how it ended. */
const FIRST_ROWS = 80
const LAST_ROWS = 80
const TIME_WIDTH = 14

/** Keeps nothing; a run that holds needs no trace. */
export const noTrace: Trace = { note: () => {}, toString: () => '' }

export const createTrace = (nowMs: () => number): Trace => {
  const startMs = nowMs()
  const entries: Entry[] = []
  return {
    note(column, what) {
      entries.push({ atMs: nowMs() - startMs, column: nameOf(column), what })
    },
    toString() {
      const columns = [...new Set(entries.map(({ column }) => column))].sort(inOrder)
      const first = entries.slice(0, FIRST_ROWS)
      const last = entries.slice(FIRST_ROWS).slice(-LAST_ROWS)
      const rows = [...first, ...last]
      const widthOf = (name: string) =>
        Math.max(name.length, ...rows.filter(({ column }) => column === name).map(({ what }) => what.length))
      const widths = columns.map(widthOf)
      const line = (first: string, cells: readonly string[]) =>
        [first.padStart(TIME_WIDTH), ...cells.map((cell, n) => cell.padEnd(widths[n] ?? 0))]
          .join(' | ')
          .trimEnd()
      const lineOf = ({ atMs, column, what }: Entry) =>
        line(
          (atMs / 1000).toFixed(3),
          columns.map((name) => (name === column ? what : '')),
        )
      const omitted = entries.length - rows.length
      return [
        line('seconds', columns),
        line(
          '-'.repeat(TIME_WIDTH),
          widths.map((width) => '-'.repeat(width)),
        ),
        ...first.map(lineOf),
        ...(omitted > 0 ? [`(${omitted} rows are left out)`] : []),
        ...last.map(lineOf),
      ].join('\n')
    },
  }
}

const nameOf = (column: number | string): string => (typeof column === 'number' ? `tab ${column}` : column)

/** The world first, then the tabs by their numbers, then the rest. */
const inOrder = (one: string, other: string): number => rankOf(one) - rankOf(other)

const rankOf = (name: string): number =>
  name.startsWith('tab ') ? Number(name.slice('tab '.length)) : ({ world: -1, record: 1000 }[name] ?? 1001)
