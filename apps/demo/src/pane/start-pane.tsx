import { createRoot } from 'react-dom/client'
import { openPaneLine } from '../protocol/channel.ts'
import type { Staged } from '../protocol/staged.ts'
import { projectAt } from '../server/project.ts'
import type { Stage } from '../staging/stage.ts'
import { tap } from '../staging/taps.ts'
import { connect } from './client.ts'
import { obey } from './obey.ts'
import { PaneApp } from './pane-app.tsx'
import type { Place } from './place.ts'
import { createReporter } from './reporter.ts'

/** A small app with one client, as it would run in a tab of its own. */
export function startPane(place: Place, staged: Staged, stage: Stage): void {
  const line = openPaneLine(place.isRealTab)
  const reporter = createReporter(place, line, () => stage.isFrozen)
  tap(window, {
    onMessage: (type) => reporter.note({ kind: 'message', text: `message: ${type}` }),
    onGrantAnswered: (httpStatus) =>
      reporter.note({
        kind: 'answered',
        text: httpStatus ? `answer ${httpStatus}` : 'no answer',
        ...(httpStatus ? { httpStatus } : {}),
      }),
  })
  const own = staged.url ?? new URL(place.side, document.baseURI).href
  const client = connect(place.side, staged.storage, projectAt(own, import.meta.env))
  obey(place, line, stage, client.supabase, reporter)
  const { pane, load, side } = place
  addEventListener('pagehide', () => line.post({ type: 'gone', pane, load, side }))
  const root = document.querySelector('#pane')
  if (root) createRoot(root).render(<PaneApp place={place} client={client} reporter={reporter} />)
}
