import type { User } from '@supabase/supabase-js'
import type { Note } from '../data/database.ts'
import { useChangedIds, useDraft } from '../data/use-draft.ts'
import { useAddNote } from '../data/use-notes.ts'
import { Problem } from '../problem.tsx'

/** Notes that were deleted elsewhere while they were changed here: what was typed is not lost. */
export function LostNotes({ user, notes }: { user: User; notes: readonly Note[] }) {
  const lost = useChangedIds(user.id).filter((id) => !notes.some((note) => note.id === id))
  return lost.map((id) => <LostNote key={id} user={user} id={id} />)
}

function LostNote({ user, id }: { user: User; id: number }) {
  const [draft, setDraft] = useDraft(user.id, id)
  const add = useAddNote(user.id)
  if (draft === null) return null
  return (
    <li className="note">
      <p className="soft">This note was deleted elsewhere. What you were writing:</p>
      <p className="note-text">{draft}</p>
      <div className="buttons">
        <button
          className="button compact primary"
          type="button"
          disabled={add.isPending}
          onClick={() => add.mutate(draft, { onSuccess: () => setDraft(null) })}
        >
          Add it again
        </button>
        <button className="button compact" type="button" onClick={() => setDraft(null)}>
          Discard
        </button>
        <Problem text={add.error && `Not saved. ${add.error.message}`} />
      </div>
    </li>
  )
}
