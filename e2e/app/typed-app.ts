// Compiled, never run: how an app with generated types uses Solotab, with each version of supabase-js.
import { coordinate, createCoordinatedClient } from '@solotab/core/supabase'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'

interface Database {
  public: {
    Tables: {
      notes: {
        Row: { id: number; text: string }
        Insert: { id?: number; text: string }
        Update: { id?: number; text?: string }
        Relationships: []
      }
    }
    Views: { [_ in never]: never }
    Functions: { [_ in never]: never }
    Enums: { [_ in never]: never }
    CompositeTypes: { [_ in never]: never }
  }
}

const { supabase, coordinator } = createCoordinatedClient<Database>('https://app.test', 'anon', {
  auth: { flowType: 'pkce' },
  solotab: { refreshToken: 'plain' },
})

const typed: SupabaseClient<Database> = supabase

const notes = async (): Promise<string[]> => {
  const { data } = await supabase.from('notes').select('id, text')
  // @ts-expect-error A note's text is no number.
  await supabase.from('notes').insert({ text: 1 })
  return (data ?? []).map(({ text }) => text)
}

const email = (): string | undefined => {
  const snapshot = coordinator.getSnapshot()
  // @ts-expect-error Only who is signed in has a session.
  if (snapshot.status === 'signed-out') return snapshot.session.user.email
  return snapshot.status === 'signed-in' ? snapshot.session.user.email : undefined
}

const parts = coordinate('https://app.test', 'anon', { db: { schema: 'public' } })
const made = createClient<Database>('https://app.test', 'anon', parts.options)
parts.attach(made)

void [typed, notes, email]
