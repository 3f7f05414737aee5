export { createIdleTimer } from './create-idle-timer.ts'
export type { IdleOptions } from './idle-options.ts'
export type { IdleState } from './idle-state.ts'
export type { IdleTimer } from './idle-timer.ts'
