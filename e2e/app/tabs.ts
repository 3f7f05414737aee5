import type { Coordinator } from '@solotab/core'
import { createIdleTimer, type IdleState, type IdleTimer } from '@solotab/core/idle'
import { createInspector, type Inspector } from '@solotab/core/inspect'
import { createCoordinatedClient } from '@solotab/core/supabase'
import { createTabList, type TabList } from '@solotab/core/tabs'
import type { Session, SupabaseClient } from '@supabase/supabase-js'

/** What the tests see of a tab that has a tab list, an idle timer and an inspector. */
export interface TabsApp {
  readonly supabase: SupabaseClient
  readonly coordinator: Coordinator<Session>
  readonly list: TabList
  readonly idle: IdleTimer
  readonly inspector: Inspector
  /** Every list that a subscriber has heard, as text. */
  readonly lists: string[]
  /** Every phase that a subscriber has heard, and when by this browser's clock. */
  readonly phases: { readonly phase: IdleState['phase']; readonly atMs: number }[]
  /** Messages about tabs and idleness that this page heard. */
  messages: number
}

declare global {
  var tabsApp: TabsApp
}

const query = new URLSearchParams(location.search)
const { supabase, coordinator } = createCoordinatedClient(query.get('server') ?? '', 'anon')
const list = createTabList(coordinator)
const idle = createIdleTimer(coordinator, {
  afterMs: Number(query.get('afterMs') ?? 60 * 60 * 1000),
  warnMs: Number(query.get('warnMs') ?? 0),
})
const lists: string[] = []
const phases: TabsApp['phases'] = []
globalThis.tabsApp = {
  supabase,
  coordinator,
  list,
  idle,
  inspector: createInspector(coordinator),
  lists,
  phases,
  messages: 0,
}

if (query.has('count')) {
  for (const what of ['tabs', 'idle']) {
    new BroadcastChannel(`solotab:${coordinator.name}:${what}`).onmessage = () => {
      tabsApp.messages += 1
    }
  }
}

idle.subscribe(() => phases.push({ phase: idle.getSnapshot().phase, atMs: Date.now() }))
list.start()
idle.start()
if (!query.has('unwatched')) {
  list.subscribe(() => {
    lists.push(
      list
        .getSnapshot()
        .map(({ id, role, visible }) => `${id} ${role} ${visible}`)
        .join(', '),
    )
  })
}
