export { ANON_KEY } from './anon-key.ts'
export {
  FAULT_KINDS,
  FAULT_MATCHES,
  type Fault,
  type FaultKind,
  type FaultMatch,
} from './control/faults.ts'
export type { GrantEntry, GrantEvent, GrantOutcome } from './control/grant-log.ts'
export type { Stats } from './control/stats.ts'
export type { RealtimePresentation } from './data/realtime-log.ts'
export type { RestCounts, RestOutcome } from './data/rest-log.ts'
export { ApiError, AuthServerError } from './errors.ts'
export type { Mail } from './mailbox.ts'
export {
  type AuthServerOptions,
  DEFAULT_OPTIONS,
  LIVE_OPTIONS,
  type RateLimit,
  type SeedUser,
} from './options.ts'
export { type AuthServer, startAuthServer } from './server.ts'
export type { ServerState } from './server-state.ts'
export type { Session } from './session.ts'
export type { Note } from './store.ts'
export type { TokenResponse } from './token-response.ts'
export type { User } from './user.ts'
