import { type CookieOptions, createServerClient } from '@supabase/ssr'
import type { Session, SupabaseClient } from '@supabase/supabase-js'
import { type ClientPage, type ClientWorld, KEY } from '../../supabase/testing/client-pages.ts'
import type { CoordinatedBrowserClientOptions } from '../coordinate-browser-client.ts'
import { createCoordinatedBrowserClient } from '../create-coordinated-browser-client.ts'

/** The cookies of one browser, which its pages and a server see. */
export interface CookieJar {
  readonly names: () => string[]
  /** The session that is in the cookies, as `@supabase/ssr` encodes it. */
  readonly session: () => Session | null
  readonly put: (session: Session) => void
  open(options?: CoordinatedBrowserClientOptions): ClientPage
  /** A client of a server, for one request that carries these cookies. */
  atServer(): SupabaseClient['auth']
}

export const createCookieJar = ({ url, server, storageKey, add }: ClientWorld): CookieJar => {
  const cookies = new Map<string, string>()
  const methods = {
    getAll: () => [...cookies].map(([name, value]) => ({ name, value })),
    setAll(changes: { name: string; value: string; options: CookieOptions }[]) {
      for (const { name, value, options } of changes) {
        if (options.maxAge === 0) cookies.delete(name)
        else cookies.set(name, value)
      }
    },
  }
  const global = { fetch: server.fetch }
  const encode = (session: Session) => {
    const base64 = btoa(JSON.stringify(session))
    return `base64-${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
  }
  const names = () => [...cookies.keys()].filter((name) => !name.includes('code-verifier'))
  return {
    names,
    session() {
      const text = names()
        .sort()
        .map((name) => cookies.get(name))
        .join('')
        .replace('base64-', '')
      return text ? JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/'))) : null
    },
    put(session) {
      for (const name of names()) cookies.delete(name)
      cookies.set(storageKey, encode(session))
    },
    open(options) {
      const settings = { global, cookies: methods, isSingleton: false, ...options }
      const { supabase, coordinator } = createCoordinatedBrowserClient(url, KEY, settings)
      return add(supabase.auth, coordinator)
    },
    atServer: () => createServerClient(url, KEY, { global, cookies: methods }).auth,
  }
}
