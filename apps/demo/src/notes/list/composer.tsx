import { useSession } from '@solotab/react'
import type { User } from '@supabase/supabase-js'
import { useId } from 'react'
import { MAX_TEXT } from '../data/create-table.ts'
import { useDraft } from '../data/use-draft.ts'
import { useAddNote } from '../data/use-notes.ts'
import { Problem } from '../problem.tsx'
import { TextArea } from './text-area.tsx'

/** A new note. It stays when the session ends, and so does what is in it. */
export function Composer({ user }: { user: User }) {
  const isSignedIn = useSession((auth) => auth.status === 'signed-in')
  const [draft, setDraft] = useDraft(user.id, 'new')
  const add = useAddNote(user.id)
  const id = useId()
  const hint = `${id}-hint`
  const text = draft ?? ''
  const canAdd = isSignedIn && !add.isPending && text.trim() !== ''
  const submit = () => {
    if (canAdd) add.mutate(text, { onSuccess: () => setDraft(null) })
  }
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="field">
        <label htmlFor={id}>New note</label>
        <TextArea
          id={id}
          value={text}
          onChange={setDraft}
          onSubmit={submit}
          readOnly={add.isPending}
          maxLength={MAX_TEXT}
          describedBy={hint}
        />
      </div>
      <div className="buttons">
        <button className="button primary" type="submit" disabled={!canAdd}>
          Add note
        </button>
        <p className="say">
          <span className="soft" id={hint}>
            {isSignedIn ? 'Or Ctrl + Enter.' : `To save it, sign in as ${user.email}. It is kept here.`}
          </span>
          <Problem text={add.error && `Not saved. ${add.error.message}`} />
        </p>
      </div>
    </form>
  )
}
