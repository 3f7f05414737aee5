import type { AppState } from '../state.ts'
import { place, show } from './dom.ts'
import { reasonOf } from './reason.ts'

const NONE = '—'

/** Shows what this tab knows of its session. */
export function renderStatus(state: AppState, isStock: boolean, nowMs: number): void {
  const { session, tabs } = state
  const isSignedIn = session.status === 'signed-in'
  const { text, tone } = statusOf(state)
  show('tab', `This tab: number ${state.tab}`)
  show('status', text, tone)
  show('role', session.role ?? NONE)
  show('generation', session.generation === null ? NONE : String(session.generation))
  show('expiry', expiryOf(session.expiresAtMs, nowMs))
  const failing = failingOf(state, isStock, nowMs)
  show('failing', failing.text, failing.tone)
  const signedIn = tabs.filter((tab) => tab.status === 'signed-in').length
  show('tabs', `${tabs.length} (${signedIn} signed in)`)
  place('signed-in').classList.toggle('off', !isSignedIn)
  show('email', session.email ?? '')
}

function statusOf(state: AppState): { text: string; tone: string } {
  if (state.asleep) return { text: 'asleep, no client yet', tone: '' }
  switch (state.session.status) {
    case 'loading':
      return { text: 'loading', tone: '' }
    case 'signed-in':
      return { text: 'signed in', tone: 'good' }
    case 'signed-out':
      return { text: `signed out: ${reasonOf(state)}`, tone: state.wasSignedIn ? 'bad' : '' }
  }
}

function expiryOf(expiresAtMs: number | null, nowMs: number): string {
  if (expiresAtMs === null) return NONE
  const seconds = Math.ceil((expiresAtMs - nowMs) / 1000)
  return seconds > 0 ? `expires in ${seconds} s` : 'expired'
}

function failingOf({ session }: AppState, isStock: boolean, nowMs: number): { text: string; tone: string } {
  if (isStock) return { text: `${NONE} (supabase-js does not tell)`, tone: '' }
  const { failing, status } = session
  if (status !== 'signed-in') return { text: NONE, tone: '' }
  if (!failing) return { text: 'works', tone: 'good' }
  const since = Math.round((nowMs - failing.sinceMs) / 1000)
  const next = Math.max(0, Math.ceil((failing.nextAttemptMs - nowMs) / 1000))
  return { text: `fails for ${since} s (${failing.code}), next attempt in ${next} s`, tone: 'bad' }
}
