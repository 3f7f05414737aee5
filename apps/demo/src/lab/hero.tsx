import type { Lab } from './lab.ts'
import { SignIn } from './sign-in.tsx'
import { useLab } from './use-lab.ts'

/** What it is about, and the one big button. */
export function Hero({ lab }: { lab: Lab }) {
  const { phase, scenario, user, problem } = useLab(lab)
  const cannot = lab.isHosted ? scenario.notHosted : null
  return (
    <section className="hero" aria-labelledby="hero-title">
      <h1 className="hero-title" id="hero-title">
        Many tabs, one refresh token
      </h1>
      <p className="hero-problem">
        The tabs of an app share one session, and its refresh token works once: left alone, tabs race for it,
        and one old tab can sign all of them out. With Solotab one tab refreshes for all.
      </p>
      <div className="hero-run">
        {user ? (
          <>
            <button
              type="button"
              className="button run"
              disabled={cannot !== null || phase === 'elsewhere'}
              onClick={() => lab.run().catch(reportError)}
            >
              <span aria-hidden="true">▶</span> Run: {scenario.title.toLowerCase()}
            </button>
            <button
              type="button"
              className="button"
              disabled={phase === 'elsewhere'}
              onClick={() => lab.reset().catch(reportError)}
            >
              Reset
            </button>
          </>
        ) : (
          <SignIn onUser={(given) => lab.setUser(given).catch(reportError)} />
        )}
        <p className="hero-scenario">
          <strong>In the world:</strong> {scenario.sentence}
        </p>
      </div>
      <p className="hero-problem-line" role="status">
        {phase === 'elsewhere' &&
          'The lab is open in another tab of this browser. It goes on here when that one is closed.'}
        {cannot}
        {problem}
      </p>
    </section>
  )
}
