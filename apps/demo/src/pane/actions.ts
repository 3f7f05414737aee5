import type { SupabaseClient } from '@supabase/supabase-js'
import type { Command } from '../protocol/messages.ts'

/** What came of an action: null, or the client's words for what went wrong. */
type Outcome = string | null

/** The parts of a client that are used. */
export type Acting = Pick<SupabaseClient, 'auth' | 'from'>

const outcomeOf = ({ error }: { error: { message: string } | null }): Outcome => error?.message ?? null

/** Does what an app does, by the calls of supabase-js: the same code on both sides. */
export async function act(supabase: Acting, command: Command): Promise<Outcome> {
  const { auth } = supabase
  switch (command.do) {
    case 'sign-in':
      return outcomeOf(await auth.signInWithPassword({ email: command.email, password: command.password }))
    case 'sign-out':
      return outcomeOf(await auth.signOut({ scope: 'local' }))
    case 'refresh':
      return outcomeOf(await auth.refreshSession())
    case 'load':
      return load(supabase)
    case 'write':
      return outcomeOf(await supabase.from('notes').insert({ text: 'A row that only its owner sees.' }))
    default:
      return null
  }
}

/** Asked as nobody in particular, the server answers with no rows, and no error. */
async function load(supabase: Acting): Promise<Outcome> {
  const { data, error } = await supabase.from('notes').select()
  return error ? error.message : data.length === 0 ? 'no rows' : null
}
