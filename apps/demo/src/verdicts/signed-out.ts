import type { Outcome, Verdict } from './verdict.ts'
import { areOf, grantsText, plural, sentence } from './words.ts'

/** For a sign-out: does it hold in every tab, whatever was still under way? */
export function signedOutEverywhere({ panes }: Outcome): Verdict {
  const left = panes.filter(({ status }) => status !== 'signed-out').length
  if (left > 0) {
    return { tone: 'bad', text: sentence(`${plural(left, 'tab')} of ${panes.length} went on as signed in`) }
  }
  const told = panes.filter(({ reason }) => reason !== null).length
  const why = told === panes.length ? ', and each can say why' : ', and no tab can say why'
  return {
    tone: 'good',
    text: sentence(
      `${areOf(panes.length, panes.length)} signed out, the late answer brought nobody back${why}`,
    ),
  }
}

/** For a session that the server has ended: does every tab stop, and without asking again and again? */
export function endedByServer({ panes, grants }: Outcome): Verdict {
  const left = panes.filter(({ status }) => status !== 'signed-out').length
  const asked = grantsText(grants)
  if (left > 0) {
    const text = `${plural(left, 'tab')} of ${panes.length} went on as signed in: ${asked}`
    return { tone: 'bad', text: sentence(text) }
  }
  const told = panes.filter(({ reason }) => reason !== null).length
  const why = told === panes.length ? 'and each can say why' : 'and no tab can say why'
  return {
    tone: grants.length <= 1 ? 'good' : 'costly',
    text: sentence(`${asked}; ${areOf(panes.length, panes.length)} signed out, ${why}`),
  }
}
