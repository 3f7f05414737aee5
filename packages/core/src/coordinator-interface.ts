import type { Diagnostic } from './diagnostics.ts'
import type { HeldSession, Session, SessionChanges } from './session.ts'
import type { Stored } from './session-store.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Keeps one session alive across all tabs: one tab performs the refresh token grant, all have the new access
 * token within milliseconds. Constructing it does nothing; `start()` begins and `close()` undoes that.
 */
export interface Coordinator<S extends Session = Session> {
  readonly name: string
  /** This tab's id, as it stands in diagnostics; a new one at each page load. */
  readonly tabId: string

  /**
   * Begins: opens the channel, applies for leadership and reads the stored session. Harmless when it runs.
   * @throws {SessionError} `name_in_use`: another coordinator of this page runs with this name.
   */
  start(): void

  /**
   * Stops: no timer, listener, lock or channel is left when the promise resolves. A grant whose request is out
   * is awaited first, since its answer would be lost. Harmless when it is closed. `start()` may follow at once.
   */
  close(): Promise<void>

  /** What is known now. The same object until something in it changes. */
  getSnapshot(): Snapshot<S>

  /** Calls `listener` after each change of the snapshot; returns a function that ends this. */
  subscribe(listener: () => void): () => void

  /** Calls `listener` with each diagnostic event; returns a function that ends this. */
  onDiagnostic(listener: (event: Diagnostic) => void): () => void

  /**
   * Returns an access token that is valid for at least `minValidityMs`, refreshing through the leader if needed.
   * @param options.minValidityMs Milliseconds, >= 0. Default: 30_000, or a tenth of a shorter token's life.
   * @throws {SessionError} `session_missing`: signed out, here or in another tab. `refresh_failed`: the grant
   *   cannot be made now; the session is kept. `lifetime_too_short`: no fresh token is valid for that long.
   * @see RFC 6749 section 6
   */
  getAccessToken(options?: { minValidityMs?: number }): Promise<string>

  /**
   * Forces a rotation and returns the new session. All who ask while a grant runs, in any tab, share it.
   * @throws {SessionError} `session_missing`, `refresh_failed`.
   */
  refresh(): Promise<S>

  /**
   * Takes a session that the provider has issued, for all tabs. It replaces the one there was and wins over
   * any grant in flight. Resolves with the session as snapshots have it.
   * @throws {SessionError} `session_invalid`, `expiry_invalid`, `newer_build`.
   */
  signIn(session: S): Promise<S>

  /** Ends the session in all tabs. It wins over any grant in flight. Harmless when signed out. */
  signOut(): Promise<void>

  /**
   * Replaces members of the session that are not tokens, such as `user`, in all tabs.
   * @throws {SessionError} `session_missing`.
   */
  updateSession(changes: SessionChanges<S>): Promise<S>
}

/** What Solotab's own entries need beyond the public interface. */
export interface CoordinatorInternals<S extends Session = Session> extends Coordinator<S> {
  /** A new opaque handle, to stand for a refresh token. */
  createHandle(): string
  /** As `signIn`, with a handle that was given out before; `ifNone`: unless there was ever a session. */
  signInAs(handle: string, session: S, ifNone?: boolean): Promise<Stored<S>>
  /** Ends the session only if it is still the one with this handle. */
  signOutOf(handle: string): Promise<void>
  /** Is this the current session's handle or refresh token? */
  isCurrent(refreshToken: string): Promise<boolean>
  /** As `getAccessToken`, with the whole session. */
  getSession(options?: { minValidityMs?: number }): Promise<S>
  /** The session that this tab knows now, with its handle. */
  current(): HeldSession<S> | null
  /**
   * Resolves when the stored session has been read.
   * @throws {SessionError} `not_started`, `closed`.
   */
  loaded(): Promise<void>
}
