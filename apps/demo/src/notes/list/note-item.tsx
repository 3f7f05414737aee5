import type { User } from '@supabase/supabase-js'
import { useState } from 'react'
import { MAX_TEXT } from '../data/create-table.ts'
import type { Note } from '../data/database.ts'
import { useDraft } from '../data/use-draft.ts'
import { useChangeNote } from '../data/use-notes.ts'
import { focusIfLost } from '../focus-if-lost.ts'
import { Problem } from '../problem.tsx'
import { TextArea } from './text-area.tsx'

const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

interface NoteItemProps {
  readonly user: User
  readonly note: Note
  readonly onDelete: () => void
}

/** One note: read, or being changed for as long as there is a draft of it. */
export function NoteItem({ user, note, onDelete }: NoteItemProps) {
  const [draft, setDraft] = useDraft(user.id, note.id)
  // The focus comes back to where it was before.
  const [wasEdited, setWasEdited] = useState(false)
  const beginning = note.text.slice(0, 30)
  if (draft !== null) return <EditedNote user={user} note={note} draft={draft} onDraft={setDraft} />
  return (
    <li className="note">
      <p className="note-text">{note.text}</p>
      <div className="split">
        <time className="small soft" dateTime={note.created_at}>
          {time.format(new Date(note.created_at))}
        </time>
        <div className="buttons">
          <button
            className="button compact"
            type="button"
            aria-label={`Edit “${beginning}”`}
            ref={wasEdited ? focusIfLost : null}
            onClick={() => {
              setWasEdited(true)
              setDraft(note.text)
            }}
          >
            Edit
          </button>
          <button
            className="button compact"
            type="button"
            aria-label={`Delete “${beginning}”`}
            onClick={onDelete}
          >
            Delete
          </button>
        </div>
      </div>
    </li>
  )
}

interface EditedNoteProps {
  readonly user: User
  readonly note: Note
  readonly draft: string
  readonly onDraft: (text: string | null) => void
}

function EditedNote({ user, note, draft, onDraft }: EditedNoteProps) {
  const change = useChangeNote(user.id, note.id)
  const canSave = draft.trim() !== '' && !change.isPending
  const save = () => {
    if (canSave) change.mutate(draft, { onSuccess: () => onDraft(null) })
  }
  return (
    <li className="note">
      <form
        className="edit"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextArea
          label={`Text of “${note.text.slice(0, 30)}”`}
          value={draft}
          onChange={onDraft}
          onSubmit={save}
          readOnly={change.isPending}
          maxLength={MAX_TEXT}
        />
        <div className="buttons">
          <button className="button compact primary" type="submit" disabled={!canSave}>
            Save
          </button>
          <button className="button compact" type="button" onClick={() => onDraft(null)}>
            Cancel
          </button>
          <Problem text={change.error && `Not saved. ${change.error.message}`} />
        </div>
      </form>
    </li>
  )
}
