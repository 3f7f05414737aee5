import { browserIdlePorts } from '../adapters/idle.ts'
import type { Coordinator, CoordinatorInternals } from '../coordinator-interface.ts'
import type { Session } from '../session.ts'
import type { IdleOptions } from './idle-options.ts'
import { createIdleTimerWith, type IdleTimer } from './idle-timer.ts'

/**
 * Creates a timer that knows whether somebody is there, in step over all tabs: activity in one counts for all, and a
 * refresh of the session for none. It times the session of the coordinator, which has to be started: a sign-in begins
 * anew, and while nobody is signed in nobody is idle. A tab that is opened, reloaded or woken goes on from the last
 * activity in any tab. Once idle, only `stay()` or a sign-in ends it. Nothing happens before `start()`.
 * @throws {SessionError} `option_invalid`.
 */
export const createIdleTimer = <S extends Session>(
  coordinator: Coordinator<S>,
  options: IdleOptions,
): IdleTimer =>
  // Every coordinator has these; apps do not see them.
  createIdleTimerWith(browserIdlePorts(coordinator.name), coordinator as CoordinatorInternals<S>, options)
