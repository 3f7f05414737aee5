import type { ReactElement, ReactNode } from 'react'

/** A part of the panel that can be folded up. */
export const Section = ({
  title,
  note,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly children: ReactNode
}): ReactElement => (
  <details open>
    <summary>
      <h3>{title}</h3>
      {note !== undefined && <span className="note">{note}</span>}
    </summary>
    <div className="content">{children}</div>
  </details>
)
