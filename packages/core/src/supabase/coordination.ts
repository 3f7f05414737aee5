import type { Session, SupabaseClient, SupabaseClientOptions } from '@supabase/supabase-js'
import { browserPorts } from '../adapters/browser.ts'
import { browserFetch, type Fetch } from '../adapters/fetch.ts'
import { browserItems, type ItemStorage } from '../adapters/web-storage.ts'
import { createCoordinatorWith } from '../coordinator.ts'
import type { Coordinator, CoordinatorInternals } from '../coordinator-interface.ts'
import { checkValid } from '../options.ts'
import { attach } from './attach.ts'
import { createGate } from './gate.ts'
import { lookForEarlierSession } from './look-for-earlier-session.ts'
import { sealRedirect } from './redirect.ts'
import { createRefreshGrant } from './refresh-grant.ts'
import { createSeals } from './seals.ts'
import { type Companion, createSessionStorage, type SessionStorage } from './storage.ts'

/** What Solotab adds to the options of `createClient`, under `solotab`. */
export interface SolotabOptions {
  /** The coordinator's name. Default: the storage key, `sb-<project ref>-auth-token`. */
  readonly name?: string
  /** See `CoordinatorOptions.refreshToken`. Default: `'sealed'`. */
  readonly refreshToken?: 'sealed' | 'plain'
  /** See `CoordinatorOptions.requestTimeoutMs`. Default: 12_000. */
  readonly requestTimeoutMs?: number
}

/** The options of `createClient`, and Solotab's own. */
export type CoordinatedClientOptions<SchemaName extends string = 'public'> =
  SupabaseClientOptions<SchemaName> & {
    readonly solotab?: SolotabOptions
  }

/** The parts of a coordinated client, for those who call `createClient` themselves. */
export interface Coordination<SchemaName extends string = 'public'> {
  readonly coordinator: Coordinator<Session>
  /** For `global.fetch`: the gate, auth-js's one way to the network. */
  readonly fetch: Fetch
  /** For `auth.storage`: auth-js's view of the session. */
  readonly storage: SessionStorage
  /** The caller's options with the gate, the storage and what goes with them, for `createClient`. */
  readonly options: SupabaseClientOptions<SchemaName>
  /**
   * To be called once with the client made from these options, before anything else is done with it.
   * @throws {SessionError} `option_invalid`: the client has another storage.
   */
  attach(supabase: Pick<SupabaseClient, 'auth'>): void
}

/**
 * Makes the parts of a coordinated client. The coordinator is not started. If the page's address holds the refresh
 * token of an implicit grant's redirect, it is sealed there, since clients read it as soon as they are constructed.
 *
 * ```ts
 * const parts = coordinate(url, key, options)
 * parts.coordinator.start()
 * const supabase = createClient(url, key, parts.options)
 * parts.attach(supabase)
 * ```
 * @throws {SessionError} `option_invalid`: no URL or key, or an option that leaves no session to share
 *   (`accessToken`, `auth.persistSession: false`, `auth.userStorage`); `name_invalid`.
 */
export const coordinate = <SchemaName extends string = 'public'>(
  supabaseUrl: string,
  supabaseKey: string,
  options?: CoordinatedClientOptions<SchemaName>,
): Coordination<SchemaName> => coordinateWith(lookForEarlierSession, supabaseUrl, supabaseKey, options)

/** As `coordinate`, with something else that goes along with the session. */
export const coordinateWith = <SchemaName extends string>(
  accompany: (
    coordinator: CoordinatorInternals<Session>,
    items: ItemStorage,
    storageKey: string,
  ) => Companion,
  supabaseUrl: string,
  supabaseKey: string,
  options: CoordinatedClientOptions<SchemaName> = {},
): Coordination<SchemaName> => {
  const { solotab = {}, ...clientOptions } = options
  const { auth = {}, global = {} } = clientOptions
  checkValid({
    supabaseUrl: /^https?:\/\/./.test(supabaseUrl),
    supabaseKey: !!supabaseKey,
    // These would leave no session, or only a part of one, for the tabs to share.
    accessToken: !options.accessToken,
    persistSession: auth.persistSession !== false,
    userStorage: !auth.userStorage,
  })
  const url = new URL(supabaseUrl)
  const authUrl = `${url.href.replace(/\/$/, '')}/auth/v1`
  const { storageKey = `sb-${url.hostname.split('.')[0]}-auth-token`, storage: items = browserItems } = auth
  const { name = storageKey } = solotab
  const { fetch = browserFetch } = global
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
  const headers = { apikey: supabaseKey, ...bearer(supabaseKey), ...global.headers }

  const coordinator: CoordinatorInternals<Session> = createCoordinatorWith(browserPorts(name), {
    ...solotab,
    name,
    refresh: createRefreshGrant(authUrl, headers, fetch),
    async revoke({ access_token }) {
      await fetch(`${authUrl}/logout?scope=local`, {
        method: 'POST',
        headers: { ...headers, ...bearer(access_token) },
      })
    },
  })

  // A key of this tab's own keeps auth-js's channel, and the lock of its older versions, to this tab.
  const tabKey = `${storageKey}:${coordinator.tabId}`
  const seals = createSeals(coordinator, solotab.refreshToken === 'plain')
  const doubts: string[] = []
  // auth-js reads the address as soon as it is constructed.
  sealRedirect(seals, auth.detectSessionInUrl)
  const gate = createGate(coordinator, authUrl, seals, doubts, fetch)
  const companion = accompany(coordinator, items, storageKey)
  const storage = createSessionStorage(coordinator, seals, doubts, storageKey, tabKey, items, companion)

  return {
    coordinator,
    fetch: gate,
    storage,
    options: {
      ...clientOptions,
      global: { ...global, fetch: gate },
      auth: { ...auth, storage, storageKey: tabKey, autoRefreshToken: false },
    } as SupabaseClientOptions<SchemaName>,
    attach(supabase) {
      // Some functions that make clients, such as createBrowserClient, put a storage of their own in its place.
      checkValid({ storage: Object.values(supabase.auth).includes(storage) })
      attach(supabase.auth, coordinator, seals, tabKey, auth.detectSessionInUrl)
      // What it rejects with is told to whoever calls it.
      if (!auth.skipAutoInitialize) supabase.auth.initialize().catch(() => {})
    },
  }
}
