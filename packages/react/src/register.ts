import type { Coordinator, Session } from '@solotab/core'

/**
 * Tells this package, once for the whole app, of which type its sessions are. An app augments it:
 *
 * ```ts
 * declare module '@solotab/react' {
 *   interface Register {
 *     coordinator: typeof coordinator
 *   }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: an interface, and not a type, is what an app can augment.
export interface Register {}

/** The session type of the coordinator that the app has registered; without one, what every session has. */
export type RegisteredSession = Register extends { coordinator: Coordinator<infer S> } ? S : Session
