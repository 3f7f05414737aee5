import { type Coordinator, SessionError } from '@solotab/core'
import type { Inspector } from '@solotab/core/inspect'
import { type ReactElement, useState } from 'react'

interface Action {
  readonly name: string
  /** Why it makes no sense now; null if it does. */
  readonly barred: string | null
  run(): Promise<unknown>
}

/** What can be made to happen. */
export const Actions = ({
  coordinator,
  inspector,
  isSignedIn,
  leads,
}: {
  readonly coordinator: Coordinator
  readonly inspector: Inspector
  readonly isSignedIn: boolean
  readonly leads: boolean
}): ReactElement => {
  const [outcome, setOutcome] = useState('')
  const signedOut = isSignedIn ? null : 'Nobody is signed in.'
  const actions: Action[] = [
    { name: 'Refresh', barred: signedOut, run: () => coordinator.refresh() },
    { name: 'Expire', barred: signedOut, run: () => inspector.expire() },
    {
      name: 'Give up leadership',
      barred: leads ? null : 'This tab does not lead.',
      run: () => inspector.resign(),
    },
  ]
  const act = async ({ name, barred, run }: Action) => {
    if (barred) {
      setOutcome(`${name}: ${barred}`)
      return
    }
    setOutcome(`${name} …`)
    try {
      await run()
      setOutcome(`${name}: done`)
    } catch (error) {
      // Of other errors the message may hold anything.
      setOutcome(`${name}: ${error instanceof SessionError ? error.code : 'failed'}`)
    }
  }
  return (
    <div className="actions">
      {actions.map((action) => (
        <button
          key={action.name}
          type="button"
          // Not `disabled`, which would take the focus away from whoever has just pressed it.
          aria-disabled={action.barred !== null}
          title={action.barred ?? undefined}
          onClick={() => void act(action)}
        >
          {action.name}
        </button>
      ))}
      <output>{outcome}</output>
    </div>
  )
}
