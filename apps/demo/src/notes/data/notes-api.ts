import { coordinator, supabase } from '../client.ts'
import type { Note } from './database.ts'
import { notesError } from './notes-error.ts'

interface Answer<T> {
  readonly data: T | null
  readonly error: { readonly code: string; readonly message: string } | null
  readonly status: number
}

/** The notes of whoever is signed in, the newest first. */
export const listNotes = (signal: AbortSignal): Promise<Note[]> =>
  rowsOf(() =>
    supabase
      .from('notes')
      .select()
      .order('created_at', { ascending: false })
      .order('id', { ascending: false })
      .abortSignal(signal),
  )

/** @param userId Who wrote it. If somebody else has signed in meanwhile, the server refuses it. */
export const addNote = (userId: string, text: string): Promise<Note> =>
  rowsOf(() => supabase.from('notes').insert({ user_id: userId, text }).select().single())

export const changeNote = (id: number, text: string): Promise<Note> =>
  rowsOf(() => supabase.from('notes').update({ text }).eq('id', id).select().single())

export const deleteNote = (id: number): Promise<Note[]> =>
  rowsOf(() => supabase.from('notes').delete().eq('id', id).select())

/**
 * The data of an answer.
 *
 * An expired token is never sent: supabase-js has a new one before. But a server may refuse a token before its time,
 * as when its keys were changed: then one rotation, which all tabs share, and the same once more.
 * @throws {NotesError}
 */
async function rowsOf<T>(ask: () => PromiseLike<Answer<T>>): Promise<T> {
  const used = accessToken()
  let answer = await ask()
  if (answer.status === 401 && answer.error?.code.startsWith('PGRST3')) {
    if (accessToken() === used) await coordinator.refresh().catch(() => {}) // it fails: the first answer stands
    if (accessToken() !== used) answer = await ask()
  }
  if (answer.error || answer.data === null) throw notesError(answer.error ?? { code: '', message: '' })
  return answer.data
}

function accessToken(): string | null {
  const snapshot = coordinator.getSnapshot()
  return snapshot.status === 'signed-in' ? snapshot.session.access_token : null
}
