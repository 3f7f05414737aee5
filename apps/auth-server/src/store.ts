import type { FlowState } from './flow-state.ts'
import type { RefreshTokenRow } from './refresh/decide-v1.ts'
import { generateTokenV1 } from './refresh/token-v1.ts'
import type { Session } from './session.ts'
import type { User } from './user.ts'

/** A row of the one table that the data plane has. */
export interface Note {
  readonly id: number
  readonly user_id: string
  readonly text: string
  /** ISO 8601. */
  readonly created_at: string
}

/** The tables. Synchronous, so that whatever one handler does between two awaits is a transaction. */
export class Store {
  readonly users = new Map<string, User>()
  readonly sessions = new Map<string, Session>()
  readonly flowStates = new Map<string, FlowState>()
  readonly notes = new Map<number, Note>()
  readonly #tokenRows = new Map<string, RefreshTokenRow>()
  #lastRowId = 0
  #lastNoteId = 0

  findUserByEmail(email: string): User | null {
    const wanted = email.toLowerCase()
    return [...this.users.values()].find((user) => user.email === wanted) ?? null
  }

  /** The sessions of a user, the oldest first. */
  sessionsOf(userId: string): Session[] {
    return [...this.sessions.values()].filter((session) => session.userId === userId)
  }

  /** Deletes a session and, with it, its refresh tokens: from now on they are unknown. */
  deleteSession(session: Session): void {
    this.sessions.delete(session.id)
    if (session.refresh.kind === 'v1') {
      for (const row of session.refresh.rows) this.#tokenRows.delete(row.token)
    }
  }

  deleteUser(user: User): void {
    for (const session of this.sessionsOf(user.id)) this.deleteSession(session)
    for (const note of this.notesOf(user.id)) this.notes.delete(note.id)
    this.users.delete(user.id)
  }

  /** Issues a v1 refresh token and keeps its row. */
  addTokenRow(
    sessionId: string,
    rows: RefreshTokenRow[],
    parent: string | null,
    nowMs: number,
  ): RefreshTokenRow {
    this.#lastRowId += 1
    const row = {
      id: this.#lastRowId,
      token: generateTokenV1(),
      sessionId,
      parent,
      revoked: false,
      updatedAtMs: nowMs,
    }
    rows.push(row)
    this.#tokenRows.set(row.token, row)
    return row
  }

  findTokenRow(token: string): RefreshTokenRow | null {
    return this.#tokenRows.get(token) ?? null
  }

  /** The notes of a user, the oldest first; nobody has none. */
  notesOf(userId: string | null): Note[] {
    return [...this.notes.values()].filter((note) => note.user_id === userId)
  }

  addNote(userId: string, text: string, nowMs: number): Note {
    this.#lastNoteId += 1
    const note = { id: this.#lastNoteId, user_id: userId, text, created_at: new Date(nowMs).toISOString() }
    this.notes.set(note.id, note)
    return note
  }
}
