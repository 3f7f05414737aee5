import { useIdleTimeout, useSession } from '@solotab/react'
import { Countdown } from './countdown.tsx'
import { idleEnd } from './idle-end.ts'

/** `?idle=20` makes it 20 seconds, to try it. */
const idleSeconds = Number(new URLSearchParams(location.search).get('idle')) || 15 * 60 // 15 minutes
const afterMs = idleSeconds * 1000
const warnMs = Math.min(60 * 1000, afterMs / 2)

/** Signs out when nobody has done anything in any tab for a while, and asks before. */
export function IdleGuard() {
  const signOut = useSession((auth) => auth.signOut)
  const idle = useIdleTimeout({
    afterMs,
    warnMs,
    onIdle() {
      idleEnd.remember()
      // Unlike supabase.auth.signOut(), it works off line, too.
      void signOut()
    },
  })
  if (idle.phase !== 'warning') return null
  // No button: who moves the pointer to it has answered, and would click on what was under it.
  return (
    <section className="idle card" aria-label="Still there?">
      <p role="alert">
        <strong>Still there?</strong> Move the pointer or press any key, in any tab, to stay signed in.
      </p>
      <p>
        You will be signed out <Countdown untilMs={idle.idleAtMs} />.
      </p>
    </section>
  )
}
