import type { PostgrestError } from '@supabase/supabase-js'

/** What went wrong with the notes, in words for the user. `code` is the server's. */
export class NotesError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'NotesError'
    this.code = code
  }

  /** The project has no table `notes`. */
  get isMissingTable(): boolean {
    return this.code === 'PGRST205' || this.code === '42P01'
  }
}

/** Words for what a user can meet; for the rest, the server's own. */
const WORDS: Readonly<Record<string, string>> = {
  '': 'The server cannot be reached.',
  '42501': 'The server does not take this note from this user. Sign in, and try again.',
  PGRST301: 'The server does not take this access token.',
  PGRST303: 'The server says that the access token has expired.',
  PGRST116: 'This note is not there any more. Perhaps it was deleted in another tab.',
}

/** The error of an answer; the code is empty where there was no answer. */
export function notesError({ code, message }: Pick<PostgrestError, 'code' | 'message'>): NotesError {
  return new NotesError(code, WORDS[code] ?? message)
}
