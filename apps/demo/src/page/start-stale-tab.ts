import type { SupabaseClient } from '@supabase/supabase-js'
import { type App, takenNumbers } from '../app.ts'
import type { Control, Knobs } from '../server/server.ts'
import { refresh } from '../session/actions.ts'
import { openCopy } from '../tabs/open-tabs.ts'
import type { PresentTab } from '../tabs/presence.ts'
import { runStaleTab } from '../tabs/stale-tab.ts'

const AWAIT_MS = 8 * 1000 // a tab that opens, or wakes and refreshes

/** Runs the stale-tab experiment between this tab and a copy of it. */
export async function startStaleTab(
  app: App,
  supabase: SupabaseClient,
  control: Control | null,
  knobs: Knobs | null,
): Promise<void> {
  const { store, channel, place } = app
  if (!control || !knobs) return
  store.set({ steps: [] })
  const shown = await runStaleTab({
    control,
    knobs,
    refresh: async () => {
      const error = await refresh(supabase)
      app.explain(error)
      return error
    },
    openCopy: () => openCopy(place, takenNumbers(app)),
    wake: (tab) => channel.post({ type: 'wake', tab }),
    await: (tab, found) => awaitTab(app, tab, found),
    isSignedIn: () => store.get().session.status === 'signed-in',
    onSteps: (steps) => store.set({ steps }),
  })
  store.set({ steps: [...store.get().steps.filter(({ tone }) => tone !== 'running'), shown] })
  app.say({ tone: shown.tone === 'good' ? 'good' : 'bad', text: shown.text })
}

/** Resolves with the tab of this number once `found` accepts it; null if it does not come to that. */
function awaitTab(
  { store }: App,
  number: number,
  found: (tab: PresentTab) => boolean,
): Promise<PresentTab | null> {
  return new Promise((resolve) => {
    const look = () => {
      const tab = store.get().tabs.find((each) => each.tab === number)
      if (tab && found(tab)) resolve(tab)
    }
    store.subscribe(look)
    setTimeout(() => resolve(null), AWAIT_MS)
    look()
  })
}
