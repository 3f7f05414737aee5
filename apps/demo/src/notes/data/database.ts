/** A row of the table `notes`, as the API gives it. */
export type Note = {
  id: number
  user_id: string
  text: string
  /** ISO 8601. */
  created_at: string
}

/** What `supabase gen types` would write for the table of `create-table.ts`. */
export type Database = {
  public: {
    Tables: {
      notes: {
        Row: Note
        Insert: { user_id?: string; text: string }
        Update: { text?: string }
        Relationships: []
      }
    }
    Views: Record<never, never>
    Functions: Record<never, never>
  }
}
