import { type SubmitEvent, useState } from 'react'
import { server, supabase } from '../client.ts'
import { focusIfLost } from '../focus-if-lost.ts'
import { Problem } from '../problem.tsx'

/** What the demo's own server knows from the start; a real project knows nobody. */
const TRIAL = server.hasControl
  ? { email: 'ada@example.com', password: 'one-session-many-tabs' }
  : { email: '', password: '' }

/** Sign-in and sign-up, in one form. Success needs no word from here: the session appears in all tabs. */
export function SignIn({ lastEmail }: { lastEmail: string | undefined }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [mailedTo, setMailedTo] = useState<string | null>(null)

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const credentials = { email: String(form.get('email')), password: String(form.get('password')) }
    const isNew = event.nativeEvent.submitter?.getAttribute('value') === 'up'
    setBusy(true)
    setProblem(null)
    setMailedTo(null)
    const { data, error } = isNew
      ? await supabase.auth.signUp({
          ...credentials,
          options: { emailRedirectTo: location.origin + location.pathname },
        })
      : await supabase.auth.signInWithPassword(credentials)
    setBusy(false)
    if (error) setProblem(error.message)
    else if (!data.session) setMailedTo(credentials.email)
  }

  return (
    <section className="card" aria-labelledby="h-sign-in">
      <h2 id="h-sign-in">Sign in or sign up</h2>
      <form className="sign-in" onSubmit={submit}>
        <label className="field">
          E-mail
          <input
            ref={focusIfLost}
            className="input"
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={lastEmail ?? TRIAL.email}
          />
        </label>
        <label className="field">
          Password
          <input
            className="input"
            name="password"
            type="password"
            autoComplete="current-password"
            minLength={6}
            required
            defaultValue={TRIAL.password}
          />
        </label>
        <div className="buttons">
          <button className="button primary" type="submit" value="in" disabled={busy}>
            Sign in
          </button>
          <button className="button" type="submit" value="up" disabled={busy}>
            Sign up
          </button>
        </div>
        <p className="line">
          <Problem text={problem} />
          <span role="status">
            {mailedTo && `A message is on its way to ${mailedTo}. Open the link in it to go on.`}
          </span>
        </p>
      </form>
    </section>
  )
}
