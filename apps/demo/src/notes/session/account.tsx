import { useSession } from '@solotab/react'
import type { User } from '@supabase/supabase-js'
import { useState } from 'react'
import { supabase } from '../client.ts'
import { Problem } from '../problem.tsx'

/** Who is signed in, and the two ways out. */
export function Account({ user }: { user: User }) {
  const signOut = useSession((auth) => auth.signOut)
  const [problem, setProblem] = useState<string | null>(null)

  /** All tabs of this browser. It works off line, too. */
  const signOutHere = () => {
    setProblem(null)
    signOut().catch((error: Error) => setProblem(error.message))
  }

  /** All sessions of this user, on other devices as well: only the server can do that. */
  const signOutEverywhere = async () => {
    setProblem(null)
    const { error } = await supabase.auth.signOut({ scope: 'global' })
    if (error) setProblem(`You are still signed in. ${error.message}`)
  }

  return (
    <>
      <strong className="account-name">{user.email}</strong>
      <div className="buttons">
        <button className="button compact" type="button" onClick={signOutHere}>
          Sign out
        </button>
        <button className="button compact" type="button" onClick={() => void signOutEverywhere()}>
          Sign out everywhere
        </button>
      </div>
      <Problem text={problem} />
    </>
  )
}
