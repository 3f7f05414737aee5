import { browserPorts } from './adapters/browser.ts'
import { createCoordinatorWith } from './coordinator.ts'
import type { Coordinator } from './coordinator-interface.ts'
import type { CoordinatorOptions } from './options.ts'
import type { Session } from './session.ts'

/**
 * Creates the coordinator of one session for this page. Nothing happens before `start()`.
 *
 * ```ts
 * const coordinator = createCoordinator({ name: 'my-app', refresh: async (refreshToken, { signal }) => … })
 * coordinator.start()
 * ```
 * @throws {SessionError} `name_invalid`, `option_invalid`.
 */
export const createCoordinator = <S extends Session = Session>(
  options: CoordinatorOptions<S>,
): Coordinator<S> => createCoordinatorWith(browserPorts(options.name), options)
