import type { Coordinator } from '@solotab/core'
import { createCoordinatedClient } from '@solotab/core/supabase'
import { createClient, type Session, type SupabaseClient } from '@supabase/supabase-js'
import { type Place, ringOf } from '../place.ts'
import type { Server } from '../server/server.ts'

export interface Client {
  readonly supabase: SupabaseClient
  /** Null with supabase-js alone. */
  readonly coordinator: Coordinator<Session> | null
}

/** Makes the client of a mode. Everything else on the page is the same code for both. */
export function connect(place: Place, { url, key }: Server): Client {
  if (place.mode === 'stock' && place.storage === 'local') {
    // As its documentation says.
    return { supabase: createClient(url, key), coordinator: null }
  }
  // A key of their own, because all modes are at one address here: Solotab would adopt the session of the tabs
  // without it, and supabase-js tells events to all tabs that have the same key.
  const storageKey = `solotab-demo-${ringOf(place)}`
  // For the stale tab: also as the documentation says, in both modes.
  const auth = place.storage === 'session' ? { storageKey, storage: sessionStorage } : { storageKey }
  if (place.mode === 'stock') return { supabase: createClient(url, key, { auth }), coordinator: null }
  return createCoordinatedClient(url, key, { auth })
}
