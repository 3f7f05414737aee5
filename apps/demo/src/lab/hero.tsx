import type { Lab } from './lab.ts'
import { SignIn } from './sign-in.tsx'
import { useLab } from './use-lab.ts'

/** What it is about, and the one big button. */
export function Hero({ lab }: { lab: Lab }) {
  const { phase, scenario, user, problem, unknown } = useLab(lab)
  const cannot = lab.isHosted ? scenario.notHosted : null
  const problems = [
    phase === 'elsewhere' &&
      'The lab is open in another tab of this browser. It goes on here when that one is closed.',
    unknown && `There is no scenario “${unknown}”: this is the first one of the list.`,
    cannot,
    problem,
  ]
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
            <RunButton
              title={scenario.title.toLowerCase()}
              isRunning={phase === 'starting' || phase === 'running'}
              isDisabled={cannot !== null || phase === 'elsewhere'}
              onRun={() => lab.run().catch(reportError)}
            />
            <button
              type="button"
              className="button"
              title="Stops what runs, and opens the tabs anew"
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
        <a className="to-scenarios" href="#scenarios-title">
          All scenarios
        </a>
      </div>
      <p className="hero-problem-line" role="status">
        {problems.filter(Boolean).join(' ')}
      </p>
    </section>
  )
}

interface RunButtonProps {
  readonly title: string
  readonly isRunning: boolean
  readonly isDisabled: boolean
  readonly onRun: () => void
}

/** Says that it runs while it does, and then does nothing. It keeps the focus, and its width. */
function RunButton({ title, isRunning, isDisabled, onRun }: RunButtonProps) {
  return (
    <button
      type="button"
      className="button run"
      disabled={isDisabled}
      aria-disabled={isDisabled || isRunning}
      onClick={() => isRunning || onRun()}
    >
      <span className={isRunning ? 'run-words unshown' : 'run-words'}>
        <span aria-hidden="true">▶</span> Run: {title}
      </span>
      <span className={isRunning ? 'run-words' : 'run-words unshown'}>Running: {title}</span>
    </button>
  )
}
