/** Where the Supabase project of this page is. */
export interface Server {
  readonly url: string
  readonly key: string
  /** False for a real project: it cannot be told to ban anybody. */
  readonly hasControl: boolean
}

/** The demo's own server answers at the page's own address, unless the build was given a real project. */
export function findServer(env: ImportMetaEnv, origin: string): Server {
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_KEY: key } = env
  return url && key ? { url, key, hasControl: false } : { url: origin, key: 'anon', hasControl: true }
}
