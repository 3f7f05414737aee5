/** Whether somebody is there. The same in all tabs. */
export type IdleState =
  | { readonly phase: 'active' }
  /** Nobody has been there for a while, and will be idle at `idleAtMs`, in milliseconds since the epoch. */
  | { readonly phase: 'warning'; readonly idleAtMs: number }
  | { readonly phase: 'idle' }

export interface IdleLimits {
  readonly afterMs: number
  readonly warnMs: number
}

export const ACTIVE: IdleState = { phase: 'active' }
export const IDLE: IdleState = { phase: 'idle' }

/** What the last activity means at `nowMs`, and when that changes if nothing else happens. */
export const stateAt = (
  lastMs: number,
  nowMs: number,
  { afterMs, warnMs }: IdleLimits,
): { readonly state: IdleState; readonly untilMs: number | null } => {
  const idleAtMs = lastMs + afterMs
  if (nowMs >= idleAtMs) return { state: IDLE, untilMs: null }
  const warnAtMs = idleAtMs - warnMs
  return nowMs >= warnAtMs && warnMs > 0
    ? { state: { phase: 'warning', idleAtMs }, untilMs: idleAtMs }
    : { state: ACTIVE, untilMs: warnMs > 0 ? warnAtMs : idleAtMs }
}

/** `before` itself if it says the same. */
export const nextState = (before: IdleState, next: IdleState): IdleState => {
  if (before.phase !== next.phase) return next
  return before.phase === 'warning' && next.phase === 'warning' && before.idleAtMs !== next.idleAtMs
    ? next
    : before
}
