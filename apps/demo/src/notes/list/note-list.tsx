import type { User } from '@supabase/supabase-js'
import { useState } from 'react'
import type { Note } from '../data/database.ts'
import { useAddNote, useDeleteNote, useNotes } from '../data/use-notes.ts'
import { focusIfLost } from '../focus-if-lost.ts'
import { Problem } from '../problem.tsx'
import { DownloadNotes } from './download-notes.tsx'
import { LostNotes } from './lost-notes.tsx'
import { MissingTable } from './missing-table.tsx'
import { NoteItem } from './note-item.tsx'

/** All notes of the user. */
export function NoteList({ user }: { user: User }) {
  const { data: notes, error, isFetching, refetch } = useNotes(user.id)
  const [deleted, setDeleted] = useState<Note | null>(null)
  const remove = useDeleteNote(user.id)
  const restore = useAddNote(user.id)
  if (error?.isMissingTable) return <MissingTable isLooking={isFetching} onAgain={() => void refetch()} />
  const problem = error
    ? `The list could not be loaded. ${error.message}`
    : remove.error
      ? `Not deleted. ${remove.error.message}`
      : restore.error && `Not brought back. ${restore.error.message}`
  return (
    <section className="card" aria-labelledby="h-notes">
      <div className="split">
        <h2 id="h-notes">Your notes {notes && <span className="figures soft">({notes.length})</span>}</h2>
        <DownloadNotes isEmpty={!notes?.length} />
      </div>
      <div className="line">
        <Problem text={problem} />
        {error && (
          <button
            className="button compact"
            type="button"
            disabled={isFetching}
            onClick={() => void refetch()}
          >
            Try again
          </button>
        )}
        <span className="soft" role="status">
          {!problem && (deleted ? 'The note is deleted.' : 'The newest first, the same in all tabs.')}
        </span>
        {deleted && (
          <button
            className="button compact"
            type="button"
            ref={focusIfLost}
            disabled={restore.isPending}
            onClick={() => restore.mutate(deleted.text, { onSuccess: () => setDeleted(null) })}
          >
            Undo
          </button>
        )}
      </div>
      {!notes && !error && <p className="soft">Loading …</p>}
      {notes?.length === 0 && <p className="soft">None yet.</p>}
      <ul className="notes">
        {notes && <LostNotes user={user} notes={notes} />}
        {notes?.map((note) => (
          <NoteItem
            key={note.id}
            user={user}
            note={note}
            onDelete={() => remove.mutate(note, { onSuccess: () => setDeleted(note) })}
          />
        ))}
      </ul>
    </section>
  )
}
