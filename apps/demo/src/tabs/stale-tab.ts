import type { Control, Knobs } from '../server/server.ts'
import type { Outcome } from '../session/actions.ts'
import type { Step } from '../state.ts'
import type { PresentTab } from './presence.ts'

/** What the experiment needs of the page. */
export interface StaleTabTools {
  readonly control: Control
  readonly knobs: Knobs
  /** Refreshes in this tab. */
  refresh(): Promise<Outcome>
  /** Opens a sleeping copy of this tab; null if the browser did not let it. */
  openCopy(): number | null
  wake(tab: number): void
  /** The tab with this number, once `found` accepts it; null if it takes too long. */
  await(tab: number, found: (tab: PresentTab) => boolean): Promise<PresentTab | null>
  /** Is this tab still signed in? */
  isSignedIn(): boolean
  onSteps(steps: readonly Step[]): void
}

/** How long the copied access token lives, in seconds. */
const SHORT_LIFE = 10

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * A tab is opened as a copy of this one and sleeps, as browsers put background tabs to sleep. The session is
 * refreshed here meanwhile; then the copy wakes, with its old refresh token and an expired access token.
 * @returns What it has shown.
 */
export async function runStaleTab(tools: StaleTabTools): Promise<Step> {
  const { control, knobs, refresh, onSteps } = tools
  const steps: Step[] = []
  const begin = (text: string) => onSteps([...steps, { tone: 'running', text }])
  const done = (text: string, tone: Step['tone'] = 'info') => {
    steps.push({ tone, text })
    onSteps([...steps])
  }
  const refreshHere = async (label: string) => {
    begin(`${label} …`)
    const error = await refresh()
    done(error ? `${label}: ${error}.` : `${label}: done.`, error ? 'bad' : 'info')
  }
  const wait = async (seconds: number, why: string) => {
    begin(`Waiting ${seconds} s: ${why} …`)
    await sleep(seconds * 1000)
    done(`Waited ${seconds} s: ${why}.`)
  }
  const afterInterval = knobs.reuseIntervalSeconds + 1

  try {
    await control.change({ accessTokenSeconds: SHORT_LIFE })
    await refreshHere(`To spare you an hour, refreshed here for an access token that lives ${SHORT_LIFE} s`)
    const copiedMs = Date.now()
    const copy = tools.openCopy()
    if (copy === null)
      return { tone: 'bad', text: 'The browser blocked the new tab: allow pop-ups for this page.' }
    // From here on as always: only the copy needs to expire.
    await control.change({ accessTokenSeconds: knobs.accessTokenSeconds })
    begin('Opening a copy of this tab …')
    if (!(await tools.await(copy, () => true))) return { tone: 'bad', text: 'The new tab did not start.' }
    done(
      `Opened tab ${copy}: the browser copied the session storage into it. It sleeps, and runs no client yet.`,
    )
    await refreshHere('Refreshed here, once')
    await refreshHere('Refreshed here, twice')
    const leftSeconds = Math.ceil((copiedMs - Date.now()) / 1000) + SHORT_LIFE + 1
    await wait(
      Math.max(leftSeconds, afterInterval),
      `the copied access token expires, and the reuse interval of ${knobs.reuseIntervalSeconds} s passes`,
    )

    begin(`Waking tab ${copy} …`)
    tools.wake(copy)
    const woken = await tools.await(copy, ({ status }) => status === 'signed-in' || status === 'signed-out')
    const copyLives = woken?.status === 'signed-in'
    const found = copyLives ? 'it is signed in' : `it is signed out: ${woken?.reason ?? 'no answer'}`
    done(`Woke tab ${copy}: ${found}.`, copyLives ? 'good' : 'bad')
    await wait(afterInterval, 'as long as the server may still take a token that it has revoked')
    await refreshHere('Refreshed here, at last')
    await sleep(500) // half a second for the news to arrive
    return verdict(copyLives, tools.isSignedIn())
  } finally {
    await control.change({ accessTokenSeconds: knobs.accessTokenSeconds })
  }
}

function verdict(copyLives: boolean, thisLives: boolean): Step {
  if (copyLives && thisLives) return { tone: 'good', text: 'Both tabs are still signed in.' }
  if (!copyLives && !thisLives)
    return {
      tone: 'bad',
      text: 'One old tab woke up, and both tabs are signed out: nothing can refresh their session any more.',
    }
  return { tone: 'bad', text: `${copyLives ? 'This tab' : 'The copy'} is signed out, the other one is not.` }
}
