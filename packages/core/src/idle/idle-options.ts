import { checkValid } from '../options.ts'
import type { IdleLimits } from './idle-state.ts'

/** What {@link createIdleTimer} needs to know. */
export interface IdleOptions {
  /** Milliseconds without activity in any tab after which the user counts as idle. Range: 100 to 30 days. */
  readonly afterMs: number
  /** For how many of these, at their end, there is a warning. Less than `afterMs`. Default: 0, no warning. */
  readonly warnMs?: number
}

const MAX_AFTER_MS = 30 * 24 * 60 * 60 * 1000 // 30 days

/** Checks what the caller gave and fills in the defaults. */
export const checkIdleOptions = ({ afterMs, warnMs = 0 }: IdleOptions): IdleLimits => {
  checkValid({
    afterMs: afterMs >= 100 && afterMs <= MAX_AFTER_MS,
    warnMs: warnMs >= 0 && warnMs < afterMs,
  })
  return { afterMs, warnMs }
}
