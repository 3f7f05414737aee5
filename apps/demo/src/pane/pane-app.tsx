import { SessionProvider, useSession } from '@solotab/react'
import type { Session } from '@supabase/supabase-js'
import { useEffect, useMemo, useState } from 'react'
import type { Client } from './client.ts'
import { type PaneSession, solotabSession, stockSession } from './pane-session.ts'
import { PaneStatus } from './pane-status.tsx'
import type { Place } from './place.ts'
import { RealTab } from './real-tab.tsx'
import type { Reporter } from './reporter.ts'

interface Props {
  readonly place: Place
  readonly client: Client
  readonly reporter: Reporter
}

/** Follows the session in the way that each client offers for that. */
export function PaneApp(props: Props) {
  const { coordinator } = props.client
  if (!coordinator) return <Stock {...props} />
  return (
    <SessionProvider coordinator={coordinator}>
      <Solotab {...props} />
    </SessionProvider>
  )
}

function Stock(props: Props) {
  const { auth } = props.client.supabase
  const [session, setSession] = useState<Session | null>()
  useEffect(() => {
    const { data } = auth.onAuthStateChange((_event, next) => setSession(next))
    return () => data.subscription.unsubscribe()
  }, [auth])
  return <Pane {...props} session={useMemo(() => stockSession(session), [session])} />
}

function Solotab(props: Props) {
  const state = useSession<Session>()
  return <Pane {...props} session={useMemo(() => solotabSession(state), [state])} />
}

function Pane({ place, client, reporter, session }: Props & { session: PaneSession }) {
  useEffect(() => reporter.tell(session), [reporter, session])
  const status = <PaneStatus name={place.pane} session={session} />
  return place.isRealTab ? (
    <RealTab side={place.side} client={client} session={session}>
      {status}
    </RealTab>
  ) : (
    status
  )
}
