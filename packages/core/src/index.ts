export type { Coordinator } from './coordinator-interface.ts'
export { createCoordinator } from './create-coordinator.ts'
export type { Diagnostic, GrantCause, GrantOutcome } from './diagnostics.ts'
export {
  GrantRefused,
  GrantUnavailable,
  type RefusalReason,
  SessionError,
  type SessionErrorCode,
} from './errors.ts'
export type { Refresh } from './grant.ts'
export type { CoordinatorOptions } from './options.ts'
export type { EndReason, Failure } from './record.ts'
export type { Session, SessionChanges } from './session.ts'
export type { Snapshot } from './snapshot.ts'
