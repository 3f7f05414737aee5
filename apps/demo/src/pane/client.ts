import type { Coordinator } from '@solotab/core'
import { createCoordinatedClient } from '@solotab/core/supabase'
import { createClient, type Session, type SupabaseClient } from '@supabase/supabase-js'
import type { Side } from '../protocol/side.ts'
import type { Staged } from '../protocol/staged.ts'
import type { Project } from '../server/project.ts'
import { SOLOTAB_STORAGE_KEY } from './storage-key.ts'

export interface Client {
  readonly supabase: SupabaseClient
  /** Null with supabase-js alone. */
  readonly coordinator: Coordinator<Session> | null
}

/** Makes the client of a side. Everything else in a pane is the same code for both. */
export function connect(side: Side, storage: Staged['storage'], { url, key }: Project): Client {
  const options = storage === 'session' ? { storage: sessionStorage } : {}
  if (side === 'stock') return { supabase: createClient(url, key, { auth: options }), coordinator: null }
  return createCoordinatedClient(url, key, { auth: { ...options, storageKey: SOLOTAB_STORAGE_KEY } })
}
