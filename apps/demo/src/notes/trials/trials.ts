import { tellServer } from './control.ts'

/** Something that can happen to a session, brought about by the demo's own server. */
export interface Trial {
  readonly name: string
  readonly sentence: string
  /** Whether a tab has to ask for a new token, since that is how it hears of this. */
  readonly asks: boolean
  run(email: string): Promise<void>
}

export const TRIALS: readonly Trial[] = [
  {
    name: 'Refuse the access token',
    sentence: 'The next request is refused once. One tab gets a new token for all, and it is sent again.',
    asks: false,
    run: (email) => tellServer('expire', { email }),
  },
  {
    name: 'Let refreshing fail',
    sentence: 'The next three refreshes are answered with an error. You stay signed in.',
    asks: true,
    run: () => tellServer('faults', { kind: 'status', status: 503, times: 3 }),
  },
  {
    name: 'Let the session grow too old',
    sentence: 'As where a project limits how long a session may last.',
    asks: true,
    run: () => tellServer('faults', { kind: 'status', status: 400, code: 'session_expired' }),
  },
  {
    name: 'End the session at the server',
    sentence: 'As a sign-out everywhere on another device does.',
    asks: true,
    run: (email) => tellServer('revoke', { email }),
  },
  {
    name: 'Block the account',
    sentence: 'Signing in is refused as well, until you lift it.',
    asks: true,
    run: (email) => tellServer('ban', { email }),
  },
  {
    name: 'Lift the block',
    sentence: 'The account can sign in again.',
    asks: false,
    run: (email) => tellServer('ban', { email, banned: false }),
  },
]
