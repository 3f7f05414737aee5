import type { SupabaseClient } from '@supabase/supabase-js'

/** What came of an action: null, or the client's words for what went wrong. */
export type Outcome = string | null

const outcomeOf = ({ error }: { error: { message: string } | null }): Outcome => error?.message ?? null

export const signIn = async ({ auth }: SupabaseClient, email: string, password: string): Promise<Outcome> =>
  outcomeOf(await auth.signInWithPassword({ email, password }))

export const signUp = async ({ auth }: SupabaseClient, email: string, password: string): Promise<Outcome> =>
  outcomeOf(await auth.signUp({ email, password }))

export const signOut = async ({ auth }: SupabaseClient, scope: 'local' | 'global'): Promise<Outcome> =>
  outcomeOf(await auth.signOut({ scope }))

/** A forced refresh. */
export const refresh = async ({ auth }: SupabaseClient): Promise<Outcome> =>
  outcomeOf(await auth.refreshSession())

/**
 * Loads a note as a careful app does: refused for its access token, it refreshes, unless the token was replaced
 * meanwhile, and asks again. The same code in both modes.
 * @param id One for each tab: a browser sends equal GET requests one after the other, which the queries of a real
 *   app seldom are.
 */
export async function loadNote(supabase: SupabaseClient, id: number): Promise<Outcome> {
  const load = () => supabase.from('notes').select().eq('id', id)
  const used = await accessToken(supabase)
  const first = await load()
  if (first.status !== 401) return outcomeOf(first)
  if ((await accessToken(supabase)) === used) {
    const failure = await refresh(supabase)
    if (failure) return failure
  }
  return outcomeOf(await load())
}

const accessToken = async ({ auth }: SupabaseClient): Promise<string | undefined> =>
  (await auth.getSession()).data.session?.access_token
