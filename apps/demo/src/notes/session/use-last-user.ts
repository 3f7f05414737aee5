import { useSession } from '@solotab/react'
import type { User } from '@supabase/supabase-js'
import { useState } from 'react'

/** Returns who is signed in, or who was last in this page's life: what they were writing is still theirs. */
export function useLastUser(): User | null {
  const user = useSession((auth) => (auth.status === 'signed-in' ? auth.user : null))
  const [last, setLast] = useState(user)
  if (user && user !== last) setLast(user)
  return user ?? last
}
