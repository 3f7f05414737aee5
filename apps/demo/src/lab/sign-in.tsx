import type { User } from '../scenarios/users.ts'

/** With a real project: who the panes are to be signed in as. It stays in this page's memory. */
export function SignIn({ onUser }: { onUser: (user: User) => void }) {
  return (
    <form
      className="sign-in"
      onSubmit={(event) => {
        event.preventDefault()
        const given = new FormData(event.currentTarget)
        onUser({ email: String(given.get('email')), password: String(given.get('password')) })
      }}
    >
      <label className="field">
        E-mail of a user of your project
        <input className="input" name="email" type="email" autoComplete="username" required />
      </label>
      <label className="field">
        Password
        <input className="input" name="password" type="password" autoComplete="current-password" required />
      </label>
      <button type="submit" className="button run">
        Sign in on both sides
      </button>
    </form>
  )
}
