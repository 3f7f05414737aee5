import type { CookieMethodsBrowser, CookieOptionsWithName } from '@supabase/ssr'
import type { Session, SupabaseClient, SupabaseClientOptions } from '@supabase/supabase-js'
import type { ItemStorage } from '../adapters/web-storage.ts'
import type { Coordinator } from '../coordinator-interface.ts'
import { checkValid } from '../options.ts'
import { type CoordinatedClientOptions, coordinateWith } from '../supabase/coordination.ts'
import { cookieSession } from './cookie-session.ts'

/** What `createBrowserClient` takes beyond the options of `createClient`. */
export interface CookieSettings {
  readonly cookies?: CookieMethodsBrowser
  readonly cookieOptions?: CookieOptionsWithName
  readonly cookieEncoding?: 'raw' | 'base64url'
  readonly isSingleton?: boolean
}

/** The options of `createBrowserClient`, and Solotab's own. */
export type CoordinatedBrowserClientOptions<SchemaName extends string = 'public'> =
  CoordinatedClientOptions<SchemaName> & CookieSettings

/** The parts of a coordinated client, for those who call `createBrowserClient` themselves. */
export interface BrowserCoordination<SchemaName extends string = 'public'> {
  readonly coordinator: Coordinator<Session>
  /** The caller's options with the gate and what goes with it, for `createBrowserClient`. */
  readonly options: SupabaseClientOptions<SchemaName> & CookieSettings
  /**
   * To be called once with the client made from these options, before anything else is done with it.
   * @throws {SessionError} `option_invalid`: the client is another one, such as one that was made earlier.
   */
  attach(supabase: Pick<SupabaseClient, 'auth'>): void
}

/** Where auth-js keeps things. `createBrowserClient` makes a cookie storage and takes no other. */
interface Insides {
  storage: ItemStorage
  storageKey: string
}

/**
 * As `coordinate` of `@solotab/core/supabase`, for `createBrowserClient` of `@supabase/ssr`.
 *
 * ```ts
 * const parts = coordinateBrowserClient(url, key, options)
 * parts.coordinator.start()
 * const supabase = createBrowserClient(url, key, parts.options)
 * parts.attach(supabase)
 * ```
 * @throws {SessionError} `option_invalid`: as `coordinate`, and for `cookies.encode: 'tokens-only'`, which leaves the
 *   user out of the session; `name_invalid`.
 */
export const coordinateBrowserClient = <SchemaName extends string = 'public'>(
  supabaseUrl: string,
  supabaseKey: string,
  options: CoordinatedBrowserClientOptions<SchemaName> = {},
): BrowserCoordination<SchemaName> => {
  const { name, ...cookieOptions } = options.cookieOptions ?? {}
  const { cookies } = options
  checkValid({ 'cookies.encode': !(cookies && 'encode' in cookies && cookies.encode === 'tokens-only') })

  let jar: ItemStorage | null = null
  const inJar = <T>(use: (cookies: ItemStorage) => T): T | null => (jar ? use(jar) : null)
  const items: ItemStorage = {
    getItem: (key) => inJar((each) => each.getItem(key)),
    setItem: async (key, value) => inJar((each) => each.setItem(key, value)) ?? undefined,
    removeItem: async (key) => inJar((each) => each.removeItem(key)) ?? undefined,
  }
  const auth = { ...options.auth, storage: items, ...(name ? { storageKey: name } : {}) }
  let settle = async () => {}
  const parts = coordinateWith(
    (coordinator, ...where) => {
      const companion = cookieSession(coordinator, ...where)
      settle = companion.settle
      return companion
    },
    supabaseUrl,
    supabaseKey,
    { ...options, auth },
  )
  const { storage, ...forClient } = parts.options.auth ?? {}

  return {
    coordinator: parts.coordinator,
    options: {
      ...parts.options,
      // Initialized once it has our storage.
      auth: { ...forClient, skipAutoInitialize: true },
      cookieOptions,
    } as BrowserCoordination<SchemaName>['options'],
    attach(supabase) {
      const insides = supabase.auth as unknown as Insides
      checkValid({ supabase: insides.storageKey === forClient.storageKey && !jar })
      jar = insides.storage
      insides.storage = parts.storage as ItemStorage
      parts.attach(supabase)
      const { refreshSession } = supabase.auth
      supabase.auth.refreshSession = async (session) => {
        const answer = await refreshSession.call(supabase.auth, session)
        // A page that is asked for next shall see the new cookies.
        await settle()
        return answer
      }
    },
  }
}
