export { createInspector } from './create-inspector.ts'
export type { Inspector } from './inspector.ts'
export type { LockSummary } from './lock-summary.ts'
export type { RecordSummary, SessionSummary } from './record-summary.ts'
