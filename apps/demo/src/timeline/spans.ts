import type { Mark } from '../bench/mark.ts'

/** Something that lasts: a pane leads, is frozen, or all are off line. */
export interface Span {
  readonly kind: 'leads' | 'frozen' | 'offline'
  /** Null: all panes. */
  readonly pane: string | null
  readonly fromMs: number
  /** Null: still. */
  readonly toMs: number | null
}

/** What lasts from one mark to another. */
export function spansOf(marks: readonly Mark[]): readonly Span[] {
  const ended: Span[] = []
  let open: Span[] = []
  const end = (toMs: number, isOver: (span: Span) => boolean) => {
    for (const span of open) if (isOver(span)) ended.push({ ...span, toMs })
    open = open.filter((span) => !isOver(span))
  }
  const begin = (kind: Span['kind'], { pane, atMs }: Mark) =>
    open.push({ kind, pane, fromMs: atMs, toMs: null })
  for (const mark of marks) {
    const { kind, pane, atMs } = mark
    if (kind === 'leader') {
      end(atMs, (span) => span.kind === 'leads')
      begin('leads', mark)
    }
    if (kind === 'frozen') begin('frozen', mark)
    if (kind === 'thawed') end(atMs, (span) => span.kind === 'frozen' && span.pane === pane)
    if (kind === 'closed') end(atMs, (span) => span.pane === pane)
    if (kind === 'offline') begin('offline', mark)
    if (kind === 'online') end(atMs, (span) => span.kind === 'offline')
  }
  return [...ended, ...open]
}
