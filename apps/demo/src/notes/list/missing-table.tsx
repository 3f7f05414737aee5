import { useState } from 'react'
import { CREATE_TABLE } from '../data/create-table.ts'

/** For a project that has no table for the notes: says so, and how to make it. */
export function MissingTable({ isLooking, onAgain }: { isLooking: boolean; onAgain: () => void }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(CREATE_TABLE).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <section className="card" aria-labelledby="h-missing">
      <h2 id="h-missing">This project has no table for the notes</h2>
      <p role="alert">
        Signing in works; there is only nowhere to keep a note. Run this in the project’s SQL editor:
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className="sql" tabIndex={0}>
        <code>{CREATE_TABLE}</code>
      </pre>
      <div className="buttons">
        <button className="button primary" type="button" onClick={() => void copy()}>
          Copy
        </button>
        <button className="button" type="button" disabled={isLooking} onClick={onAgain}>
          Look again
        </button>
        <span role="status">
          {copied === true && 'Copied.'}
          {copied === false && 'The browser does not allow it. Select the text, and copy it by hand.'}
        </span>
      </div>
    </section>
  )
}
