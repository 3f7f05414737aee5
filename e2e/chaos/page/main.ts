// The app under chaos: it queries all the time, and tells what becomes of it.
import type { Coordinator } from '@solotab/core'
import { createCoordinatedClient } from '@solotab/core/supabase'
import { createClient, type Session, type SupabaseClient } from '@supabase/supabase-js'
import { forgetIntents } from './forget-intents.ts'
import { query, tell } from './tell.ts'
import { endGrant, toldFetch } from './told-fetch.ts'
import { watchSession } from './watch-session.ts'

declare global {
  var chaos: { readonly supabase: SupabaseClient; readonly coordinator: Coordinator<Session> | null }
}

const MOST_UNDER_WAY = 4
const serverUrl = query.get('server') ?? ''
const everyMs = Number(query.get('everyMs'))
const mode = query.get('mode')
if (mode === 'broken') forgetIntents()

const make = (): typeof chaos => {
  const options = { global: { fetch: toldFetch } }
  if (mode === 'stock') return { supabase: createClient(serverUrl, 'anon', options), coordinator: null }
  const solotab = { requestTimeoutMs: Number(query.get('requestTimeoutMs')) }
  const { supabase, coordinator } = createCoordinatedClient(serverUrl, 'anon', { ...options, solotab })
  coordinator.onDiagnostic((event) => {
    if (event.type !== 'grant-ended') return
    const grant = endGrant()
    if (grant) tell({ type: 'grant-ended', grant, outcome: event.outcome, code: event.code })
  })
  return { supabase, coordinator }
}

globalThis.chaos = make()
watchSession(chaos.supabase, chaos.coordinator)
for (const [target, type] of [
  [document, 'freeze'],
  [document, 'resume'],
  [window, 'pagehide'],
  [window, 'pageshow'],
  [window, 'offline'],
  [window, 'online'],
] as const) {
  target.addEventListener(type, () => tell({ type: 'page', event: type }))
}
document.addEventListener('visibilitychange', () => tell({ type: 'page', event: document.visibilityState }))

let underWay = 0
for (;;) {
  // Several at a time, as pages do.
  if (underWay < MOST_UNDER_WAY) {
    underWay += 1
    void ask().finally(() => {
      underWay -= 1
    })
  }
  await new Promise((resolve) => setTimeout(resolve, everyMs * (0.5 + Math.random())))
}

async function ask(): Promise<void> {
  const askedMs = Date.now()
  const { data, error, status } = await chaos.supabase.from('notes').select()
  // The table has a row for the user, and none for nobody.
  const outcome = data?.length ? 'answered' : data ? 'no-token' : status === 0 ? 'network' : 'other'
  const refused = error?.code === 'PGRST303'
  tell({ type: 'query-ended', askedMs, outcome: refused ? 'expired' : outcome })
}
