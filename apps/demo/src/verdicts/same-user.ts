import type { Outcome, Verdict } from './verdict.ts'
import { allTabs, plural, sentence } from './words.ts'

/** For another user's sign-in: do all tabs show that user in the end? */
export function sameUser({ panes }: Outcome, email: string): Verdict {
  const name = sentence(email.split('@')[0] ?? email).slice(0, -1)
  const others = panes.filter((pane) => pane.email !== email).length
  if (others > 0) {
    return {
      tone: 'bad',
      text: sentence(`${plural(others, 'tab')} of ${panes.length} did not change to ${name}`),
    }
  }
  return {
    tone: 'good',
    text: sentence(`${allTabs(panes.length)} show ${name}: the late answer for Ada changed nothing`),
  }
}
