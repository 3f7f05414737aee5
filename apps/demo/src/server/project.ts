/** Where the Supabase project of a side is. */
export interface Project {
  readonly url: string
  readonly key: string
}

/** Is this build for a real project? It cannot be told what to do, and does not tell of its grants. */
export function isHosted(env: ImportMetaEnv): boolean {
  return Boolean(env.VITE_SUPABASE_URL && env.VITE_SUPABASE_KEY)
}

/** The demo's own server at `own`, unless the build was given a real project. */
export function projectAt(own: string, env: ImportMetaEnv): Project {
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_KEY: key } = env
  return url && key ? { url, key } : { url: own, key: 'anon' }
}
