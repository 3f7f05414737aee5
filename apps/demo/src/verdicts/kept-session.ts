import { countGrants } from '../server/grant.ts'
import type { Outcome, Verdict } from './verdict.ts'
import { areOf, grantsText, plural, sentence } from './words.ts'

/**
 * For what must not end a session: are all tabs still signed in, do they have their data, and what did it take?
 * @param enough As many grants as it takes.
 */
export function keptSession(outcome: Outcome, enough: number): Verdict {
  const { panes, grants, signedInMeanwhile, withoutData } = outcome
  const asked = grantsText(grants)
  const out = panes.filter(({ status }) => status !== 'signed-in').length
  if (out > 0) {
    return { tone: 'bad', text: sentence(`${areOf(out, panes.length)} signed out: ${asked}`) }
  }
  if (withoutData > 0) {
    const text = `${asked}; ${areOf(withoutData, panes.length)} without data, though signed in`
    return { tone: 'bad', text: sentence(text) }
  }
  const isWhole = signedInMeanwhile === null || signedInMeanwhile === panes.length
  const meanwhile = isWhole
    ? ''
    : `, though ${plural(panes.length - signedInMeanwhile, 'tab')} showed a sign-in meanwhile`
  const { rateLimited, refused } = countGrants(grants)
  return {
    tone: grants.length <= enough && rateLimited + refused === 0 && isWhole ? 'good' : 'costly',
    text: sentence(`${asked}; ${areOf(panes.length, panes.length)} still signed in${meanwhile}`),
  }
}
