import type { LabState, SideRun } from '../lab/lab-state.ts'
import { TONE_WORDS } from './verdict.ts'

const IDLE: Readonly<Record<LabState['phase'], string>> = {
  elsewhere: 'Waiting.',
  'no-user': 'Nobody is signed in yet.',
  opening: 'Tabs are being opened.',
  starting: 'Tabs are being opened.',
  ready: 'Signed in, and nothing to do. Run a scenario.',
  running: 'It begins.',
  done: '',
}

/** What happens on a side, and in the end what it came to. */
export function VerdictLine({ phase, run }: { phase: LabState['phase']; run: SideRun }) {
  const { verdict, saying } = run
  return (
    <p className="verdict" role="status" data-tone={verdict?.tone ?? 'none'}>
      {verdict ? (
        <span>
          <strong className="verdict-word">{TONE_WORDS[verdict.tone]}</strong> {verdict.text}
        </span>
      ) : (
        saying || IDLE[phase]
      )}
    </p>
  )
}
