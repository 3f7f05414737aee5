import { createBrowserClient } from '@supabase/ssr'
import { readAddress } from '../adapters/address-bar.ts'
import type { CoordinatedClient } from '../supabase/create-coordinated-client.ts'
import { type CoordinatedBrowserClientOptions, coordinateBrowserClient } from './coordinate-browser-client.ts'

let single: Pick<CoordinatedClient<unknown, never>, 'coordinator'> | null = null

/**
 * As `createBrowserClient` of `@supabase/ssr`, for an app that people open in several tabs: the tabs share one
 * session, and its cookies stay in step with it. A server that reads them can use the access token, and cannot use the
 * refresh token, for which a handle stands there. A session that a server puts into the cookies becomes the session.
 *
 * Like `createBrowserClient`, it makes one client for a page, which later calls get too, unless `isSingleton` is false.
 * On a server there are no tabs: the client is what `createBrowserClient` makes, and the coordinator is not started.
 *
 * ```ts
 * const { supabase } = createCoordinatedBrowserClient(url, key)
 * ```
 * @param options The options of `createBrowserClient`, and Solotab's own under `solotab`.
 * @throws {SessionError} `option_invalid`, `name_invalid`; `name_in_use`: this page has such a client already.
 */
export const createCoordinatedBrowserClient = <
  // biome-ignore lint/suspicious/noExplicitAny: what createBrowserClient has for a database without generated types.
  Database = any,
  SchemaName extends string & keyof Omit<Database, '__InternalSupabase'> = 'public' extends keyof Omit<
    Database,
    '__InternalSupabase'
  >
    ? 'public'
    : string & keyof Omit<Database, '__InternalSupabase'>,
>(
  supabaseUrl: string,
  supabaseKey: string,
  options?: CoordinatedBrowserClientOptions<SchemaName>,
): CoordinatedClient<Database, SchemaName> => {
  type Made = CoordinatedClient<Database, SchemaName>
  const hasTabs = readAddress() !== null
  const isSingle = options?.isSingleton ?? hasTabs
  if (isSingle && single) {
    // It may have been closed, as by a module that is replaced while the page lives.
    if (hasTabs) single.coordinator.start()
    return single as Made
  }

  const parts = coordinateBrowserClient(supabaseUrl, supabaseKey, options)
  const { coordinator } = parts
  if (hasTabs) coordinator.start()
  const client = createBrowserClient(supabaseUrl, supabaseKey, hasTabs ? parts.options : (options ?? {}))
  try {
    if (hasTabs) parts.attach(client)
  } catch (error) {
    void coordinator.close()
    throw error
  }
  const made = { supabase: client as unknown as Made['supabase'], coordinator }
  if (isSingle) single = made
  return made
}
