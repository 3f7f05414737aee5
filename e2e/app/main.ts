import type { Coordinator, Diagnostic } from '@solotab/core'
import { coordinate, createCoordinatedClient } from '@solotab/core/supabase'
import { createCoordinatedBrowserClient } from '@solotab/core/supabase-ssr'
import { createClient, type Session, type SupabaseClient } from '@supabase/supabase-js'
import { moment } from './moment.ts'

/** One event of `onAuthStateChange`, without tokens. */
export interface HeardEvent {
  readonly event: string
  /** Numbers the access tokens that this tab was told of, from 1; 0 when there is no session. */
  readonly token: number
  readonly email: string | null
}

/** What the tests see of a tab. */
export interface TestApp {
  readonly supabase: SupabaseClient
  readonly coordinator: Coordinator<Session> | null
  readonly events: HeardEvent[]
  readonly diagnostics: Diagnostic[]
  /** From the making of the client to the answer of its first `getSession()`; null if that was not asked. */
  firstSessionMs: number | null
  /** Resolves when a test tells all tabs at once; see {@link moment}. */
  moment(): Promise<void>
  /** How many wait for that moment. */
  waiting(): number
}

declare global {
  var app: TestApp
  /** Exposed by tests that must hear of an event although the page may be gone at once. */
  var hearDiagnostic: ((tab: string, event: Diagnostic) => void) | undefined
}

const query = new URLSearchParams(location.search)
const serverUrl = query.get('server') ?? ''
const events: HeardEvent[] = []
const diagnostics: Diagnostic[] = []
const heardTokens: string[] = []

// The server's list of grants tells the tabs apart by this.
const namedFetch: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : String(input))
  if (url.pathname.endsWith('/token')) url.searchParams.set('tab', query.get('tab') ?? '')
  return fetch(url, init)
}

const auth = {
  flowType: query.get('flow') === 'pkce' ? ('pkce' as const) : ('implicit' as const),
  ...(query.get('storage') === 'session' ? { storage: sessionStorage } : {}),
}
const options = { auth, global: { fetch: namedFetch } }

const solotab = {
  refreshToken: query.get('refreshToken') === 'plain' ? ('plain' as const) : ('sealed' as const),
  ...(query.has('requestTimeoutMs') ? { requestTimeoutMs: Number(query.get('requestTimeoutMs')) } : {}),
}

const makeStock = (): Made => ({ supabase: createClient(serverUrl, 'anon', options), coordinator: null })

const hear = (event: Diagnostic) => {
  diagnostics.push(event)
  globalThis.hearDiagnostic?.(query.get('tab') ?? '', event)
}

const makeFromParts = (): Made => {
  const parts = coordinate(serverUrl, 'anon', { ...options, solotab })
  parts.coordinator.onDiagnostic(hear)
  parts.coordinator.start()
  const supabase = createClient(serverUrl, 'anon', parts.options)
  parts.attach(supabase)
  return { supabase, coordinator: parts.coordinator }
}

const makeClient = (): Made => {
  const made = createCoordinatedClient(serverUrl, 'anon', { ...options, solotab })
  made.coordinator.onDiagnostic(hear)
  return made
}

const makeBrowserClient = (): Made => {
  const made = createCoordinatedBrowserClient(serverUrl, 'anon', { ...options, solotab })
  made.coordinator.onDiagnostic(hear)
  return made
}

type Made = Pick<TestApp, 'supabase' | 'coordinator'>

const make =
  { stock: makeStock, solotab: makeFromParts, client: makeClient, ssr: makeBrowserClient }[
    query.get('mode') ?? 'solotab'
  ] ?? makeStock

const startedMs = performance.now()
globalThis.app = { ...make(), events, diagnostics, firstSessionMs: null, ...moment() }
if (query.get('measure') === 'session') {
  await app.supabase.auth.getSession()
  app.firstSessionMs = performance.now() - startedMs
}

app.supabase.auth.onAuthStateChange((event, session) => {
  const accessToken = session?.access_token
  if (accessToken && !heardTokens.includes(accessToken)) heardTokens.push(accessToken)
  events.push({
    event,
    token: accessToken ? heardTokens.indexOf(accessToken) + 1 : 0,
    email: session?.user.email ?? null,
  })
})
