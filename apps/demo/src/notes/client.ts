import { createCoordinatedClient } from '@solotab/core/supabase'
import type { Database } from './data/database.ts'
import { findServer } from './server.ts'

export const server = findServer(import.meta.env, location.origin)

export const { supabase, coordinator } = createCoordinatedClient<Database>(server.url, server.key, {
  // Only because the lab, at the same address, has sessions of its own.
  auth: { storageKey: 'solotab-notes' },
})

// Tells the hooks what this app's sessions are like: `user` is a Supabase user.
declare module '@solotab/react' {
  interface Register {
    coordinator: typeof coordinator
  }
}
