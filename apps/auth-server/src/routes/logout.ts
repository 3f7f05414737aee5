import { authenticate } from '../authenticate.ts'
import { ApiError } from '../errors.ts'
import type { AppHandler } from '../http.ts'
import type { ServerState } from '../server-state.ts'

/** `POST /logout`: deletes sessions. Access tokens stay valid at the data plane until they expire. */
export function logout(state: ServerState): AppHandler {
  return async (c) => {
    const { user, session } = await authenticate(state, c)
    const scope = c.req.query('scope') || 'global'
    if (scope !== 'global' && scope !== 'local' && scope !== 'others') {
      throw new ApiError(400, 'validation_failed', `Unsupported logout scope ${JSON.stringify(scope)}`)
    }
    for (const each of state.store.sessionsOf(user.id)) {
      const isCallers = each.id === session.id
      if (scope === 'global' || isCallers === (scope === 'local')) state.store.deleteSession(each)
    }
    return c.body(null, 204)
  }
}
