import type { AuthChangeEvent, Session, SupabaseClient } from '@supabase/supabase-js'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { postSoon } from '../../adapters/local-channel.ts'
import type { Coordinator } from '../../coordinator-interface.ts'
import type { CoordinatedClientOptions } from '../coordination.ts'
import { createCoordinatedClient } from '../create-coordinated-client.ts'
import { createAuthServer, type FakeAuthServer } from './fake-auth-server.ts'

export const KEY = 'anon'

const MARK = 'MARK' as AuthChangeEvent

/** An app in a page, with the real auth-js. */
export interface ClientPage {
  readonly auth: SupabaseClient['auth']
  readonly coordinator: Coordinator<Session>
  /** What a subscriber of `onAuthStateChange` has heard. */
  readonly heard: AuthChangeEvent[]
  /** Signs in with a password, and forgets what was heard of it. */
  signIn(name?: string): Promise<Session>
  /** Resolves when every event that was on its way has been heard. For the end of a test. */
  settle(): Promise<void>
}

/** One project of one auth server, and the pages of one browser. */
export interface ClientWorld {
  readonly url: string
  readonly storageKey: string
  readonly server: FakeAuthServer
  /** The page's localStorage. */
  readonly items: Map<string, string>
  /** Loads the page at this address: stubs what the client touches of a browser. */
  visit(href?: string): void
  /** The address with the tokens of an implicit grant's redirect. */
  redirected(session: Session): string
  /** Creates the client in the page that was visited last. */
  open(options?: CoordinatedClientOptions): ClientPage
  /** For a client that the test has made by itself. */
  add(auth: SupabaseClient['auth'], coordinator: Coordinator<Session>): ClientPage
}

let worlds = 0

const createWorld = (): ClientWorld & { close(): Promise<void> } => {
  const ref = `project-${worlds++}`
  const url = `https://${ref}.supabase.test`
  const storageKey = `sb-${ref}-auth-token`
  const server = createAuthServer(url)
  const items = new Map<string, string>()
  const opened: ClientPage[] = []

  const world: ClientWorld = {
    url,
    storageKey,
    server,
    items,
    visit(href = 'https://app.test/') {
      const location = new URL(href)
      const history = {
        state: null,
        replaceState: (_state: unknown, _title: string, to: URL | string) => {
          location.href = String(to)
        },
      }
      vi.stubGlobal('location', location)
      vi.stubGlobal('history', history)
      vi.stubGlobal('window', Object.assign(new EventTarget(), { location, history }))
      vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
      vi.stubGlobal('localStorage', {
        getItem: (key: string) => items.get(key) ?? null,
        setItem: (key: string, value: string) => items.set(key, value),
        removeItem: (key: string) => items.delete(key),
      })
    },
    redirected({ access_token, refresh_token }) {
      const fragment = { access_token, refresh_token, expires_in: '3600', token_type: 'bearer' }
      return `https://app.test/#${new URLSearchParams(fragment)}`
    },
    open(options) {
      const global = { fetch: server.fetch }
      const { supabase, coordinator } = createCoordinatedClient(url, KEY, { global, ...options })
      return world.add(supabase.auth, coordinator)
    },
    add(auth, coordinator) {
      const heard: AuthChangeEvent[] = []
      let marked = () => {}
      let signedInBefore = false
      auth.onAuthStateChange((event) => {
        if (event === MARK) marked()
        else heard.push(event)
      })
      const settle = () =>
        new Promise<void>((resolve) => {
          marked = resolve
          postSoon(`${storageKey}:${coordinator.tabId}`, { event: MARK, session: null })
        })
      const page: ClientPage = {
        auth,
        coordinator,
        heard,
        settle,
        async signIn(email = 'ada') {
          const told = (event: AuthChangeEvent) => vi.waitFor(() => expect(heard).toContain(event))
          if (!signedInBefore) await told('INITIAL_SESSION')
          signedInBefore = true
          const { data, error } = await auth.signInWithPassword({ email, password: 'secret' })
          if (error) throw error
          await told('SIGNED_IN')
          heard.length = 0
          return data.session
        },
      }
      opened.push(page)
      return page
    },
  }

  const close = async () => {
    for (const { auth, coordinator } of opened) {
      await coordinator.close()
      await auth.dispose()
    }
  }
  return { ...world, close }
}

/** Gives each test of a file a world of its own, with a page at its address, and closes it afterwards. */
export const clientWorlds = (): (() => ClientWorld) => {
  let world = createWorld()
  beforeEach(() => {
    world = createWorld()
    world.visit()
  })
  afterEach(async () => {
    await world.close()
    vi.unstubAllGlobals()
  })
  return () => world
}

/** The session in this page; fails the test if there is none. */
export const sessionOf = ({ coordinator }: Pick<ClientPage, 'coordinator'>): Session => {
  const snapshot = coordinator.getSnapshot()
  if (snapshot.status !== 'signed-in') throw new Error(`The page is ${snapshot.status}.`)
  return snapshot.session
}

/** `signed-in`, or why there is no session. */
export const outcomeOf = ({ coordinator }: Pick<ClientPage, 'coordinator'>): string => {
  const snapshot = coordinator.getSnapshot()
  return snapshot.status === 'signed-out' ? snapshot.reason : snapshot.status
}
