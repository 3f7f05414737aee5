import { useState } from 'react'
import { coordinator } from '../client.ts'
import { Problem } from '../problem.tsx'
import { TRIALS, type Trial } from './trials.ts'

/** What an app would not have: buttons that let something happen to the session. */
export function TryIt({ email }: { email: string | undefined }) {
  const [problem, setProblem] = useState<string | null>(null)

  const run = async ({ asks, run }: Trial) => {
    setProblem(null)
    if (email === undefined) return setProblem('Sign in first.')
    try {
      await run(email)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
      return
    }
    // Whatever comes of it stands at the top of the page, in all tabs.
    if (asks) await coordinator.refresh().catch(() => {})
  }

  return (
    <section className="card" aria-labelledby="h-try">
      <h2 id="h-try">What can happen to a session</h2>
      <p className="small soft">
        Open this page in two tabs, start a note, and press one of these. They are no part of the app: the
        demo’s own server does it.
      </p>
      <ul className="trials">
        <li className="trial">
          <a className="button compact" href={location.href} target="_blank" rel="noopener">
            Open another tab
          </a>
        </li>
        {TRIALS.map((trial) => (
          <li className="trial" key={trial.name}>
            <button className="button compact" type="button" onClick={() => void run(trial)}>
              {trial.name}
            </button>
            <span className="small soft">{trial.sentence}</span>
          </li>
        ))}
      </ul>
      <Problem text={problem} />
    </section>
  )
}
