import { createClient, type Session, type SupabaseClient } from '@supabase/supabase-js'
import { readAddress } from '../adapters/address-bar.ts'
import type { Coordinator } from '../coordinator-interface.ts'
import { type CoordinatedClientOptions, coordinate } from './coordination.ts'

/** supabase-js's own default for a database without generated types. */
type AnyDatabase = SupabaseClient extends SupabaseClient<infer Database> ? Database : never

type SchemaOf<Database> = string & keyof Omit<Database, '__InternalSupabase'>

/** A Supabase client, and the coordinator that keeps its session alive across all tabs. */
export interface CoordinatedClient<Database, SchemaName extends SchemaOf<Database>> {
  // By way of the function, since the class has other type parameters in older versions.
  readonly supabase: ReturnType<typeof createClient<Database, SchemaName>>
  readonly coordinator: Coordinator<Session>
}

/**
 * As `createClient` of supabase-js, for an app that people open in several tabs. The client is a normal one,
 * whose session all tabs share: one tab refreshes, all have the new token at once. On a server there are no
 * tabs: the client is what `createClient` makes, and the coordinator is not started.
 *
 * A session that the app has stored with plain supabase-js is taken over at the first start.
 *
 * ```ts
 * const { supabase } = createCoordinatedClient(url, key)
 * ```
 * @param options The options of `createClient`, and Solotab's own under `solotab`.
 * @throws {SessionError} `option_invalid`, `name_invalid`; `name_in_use`: this page has such a client already.
 */
export const createCoordinatedClient = <
  Database = AnyDatabase,
  SchemaName extends SchemaOf<Database> = 'public' extends SchemaOf<Database> ? 'public' : SchemaOf<Database>,
>(
  supabaseUrl: string,
  supabaseKey: string,
  options?: CoordinatedClientOptions<SchemaName>,
): CoordinatedClient<Database, SchemaName> => {
  const parts = coordinate(supabaseUrl, supabaseKey, options)
  const { coordinator } = parts
  // On a server there are no tabs, and a client lives for one request.
  const hasTabs = readAddress() !== null
  if (hasTabs) coordinator.start()
  const made: unknown = createClient(supabaseUrl, supabaseKey, hasTabs ? parts.options : options)
  const supabase = made as CoordinatedClient<Database, SchemaName>['supabase']
  if (hasTabs) parts.attach(supabase)
  return { supabase, coordinator }
}
