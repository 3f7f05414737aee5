import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Note } from './database.ts'
import { addNote, changeNote, deleteNote, listNotes } from './notes-api.ts'
import type { NotesError } from './notes-error.ts'
import { onOtherTabs, tellOtherTabs } from './notes-news.ts'

/** Of each user their own, so that nobody ever sees what another one has left in the cache. */
const keyOf = (userId: string) => ['notes', userId] as const

/** The notes of this user, kept in step with the other tabs. */
export function useNotes(userId: string) {
  const client = useQueryClient()
  useEffect(
    () => onOtherTabs((changed) => void client.invalidateQueries({ queryKey: keyOf(changed) })),
    [client],
  )
  return useQuery<Note[], NotesError>({
    queryKey: keyOf(userId),
    queryFn: ({ signal }) => listNotes(signal),
  })
}

export function useAddNote(userId: string) {
  return useChange(userId, (text: string) => addNote(userId, text))
}

export function useChangeNote(userId: string, id: number) {
  return useChange(userId, (text: string) => changeNote(id, text))
}

export function useDeleteNote(userId: string) {
  return useChange(userId, (note: Note) => deleteNote(note.id))
}

/** A change, after which all tabs read the notes anew. */
function useChange<Given, Answer>(userId: string, change: (given: Given) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation<Answer, NotesError, Given>({
    mutationFn: change,
    onSuccess: () => {
      tellOtherTabs(userId)
      return client.invalidateQueries({ queryKey: keyOf(userId) })
    },
  })
}
