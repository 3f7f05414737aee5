import { type App, takenNumbers } from '../app.ts'
import type { Control, Knobs } from '../server/server.ts'
import { type Outcome, refresh, signIn, signOut, signUp } from '../session/actions.ts'
import type { Client } from '../session/client.ts'
import { openTabs } from '../tabs/open-tabs.ts'
import { button, form } from './dom.ts'
import { startStaleTab } from './start-stale-tab.ts'

/** What runs when a button is pressed. */
type Action = (client: Client) => Promise<void>

const DEMO_USER = { email: 'ada@example.com', password: 'one-session-many-tabs' }
const OPENING_MS = 4000 // a tab that has not come by then was blocked

export function wireButtons(app: App, control: Control | null, knobs: () => Knobs | null): void {
  const { store, say, place } = app

  /** One at a time; what goes wrong is said. */
  const run = async (action: Action) => {
    const client = app.client()
    if (!client || store.get().busy) return
    store.set({ busy: true })
    try {
      await action(client)
    } catch (error) {
      say({ tone: 'bad', text: error instanceof Error ? error.message : String(error) })
    }
    store.set({ busy: false })
  }
  const on = (name: string, action: Action) => button(name).addEventListener('click', () => void run(action))

  const sayError = (label: string, error: Outcome) => {
    if (error) say({ tone: 'bad', text: `${label}: ${error}.` })
  }

  const signInForm = form('sign-in') as HTMLFormElement & Record<'email' | 'password', HTMLInputElement>
  if (control) {
    signInForm.email.value = DEMO_USER.email
    signInForm.password.value = DEMO_USER.password
  }
  signInForm.addEventListener('submit', (event) => {
    event.preventDefault()
    const isNew = (event.submitter as HTMLButtonElement | null)?.value === 'up'
    const { email, password } = signInForm
    void run(async ({ supabase }) => {
      const error = await (isNew ? signUp : signIn)(supabase, email.value, password.value)
      sayError(isNew ? 'Sign up' : 'Sign in', error)
    })
  })

  for (const scope of ['local', 'global'] as const) {
    on(`sign-out-${scope}`, async ({ supabase }) => {
      store.set({ lastError: 'signed out in this tab' })
      const error = await signOut(supabase, scope)
      if (error) sayError('Sign out', error)
      else say({ tone: 'info', text: `Signed out (scope ${scope}).` })
    })
  }

  on('refresh', async ({ supabase }) => {
    const error = await refresh(supabase)
    app.explain(error)
    if (!error) say({ tone: 'info', text: 'Refreshed: this tab has a new access token.' })
    // If the session ended, the banner says so, and why.
    else if (store.get().session.status === 'signed-in') sayError('Refresh here', error)
  })

  on('expire', async () => {
    const { session, grants, tabs } = store.get()
    if (!control || !session.sessionId) return
    await control.expire(session.sessionId)
    const expiry = { atMs: Date.now(), afterId: grants.at(-1)?.id ?? 0, tabs: tabs.length }
    app.channel.post({ type: 'expired', expiry })
    await app.onExpired(expiry)
  })

  for (const count of [1, 5]) {
    const opener = button(`open-${count}`)
    opener.hidden = place.storage === 'session' // they would have no session to show
    opener.addEventListener('click', () => {
      const numbers = openTabs(place, takenNumbers(app), count)
      setTimeout(() => sayIfBlocked(app, numbers), OPENING_MS)
    })
  }

  on('stale', ({ supabase }) => startStaleTab(app, supabase, control, knobs()))
}

function sayIfBlocked(app: App, numbers: readonly number[]): void {
  const taken = takenNumbers(app)
  const missing = numbers.filter((number) => !taken.includes(number)).length
  if (missing === 0) return
  const came = numbers.length - missing
  const text =
    `The browser opened ${came} of ${numbers.length} tabs: its pop-up blocker holds the others back. ` +
    'Allow pop-ups for this page, at the end of the address bar, and press the button again; or open them one by one.'
  app.say({ tone: 'info', text })
}
