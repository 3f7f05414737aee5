import type { EndReason } from '@solotab/core'

/** What the user is told when there is no session. */
export interface EndMessage {
  readonly title: string
  readonly advice: string
  readonly tone: 'info' | 'warn' | 'bad'
}

/** One for each reason: what has happened, and what the user can do. */
export const END_MESSAGES: Readonly<Record<EndReason, EndMessage>> = {
  'no-session': {
    title: 'Nobody is signed in.',
    advice: 'Sign in, or sign up, to see your notes.',
    tone: 'info',
  },
  'signed-out': {
    title: 'You have signed out.',
    advice: 'All tabs of this browser are signed out.',
    tone: 'info',
  },
  'signed-out-elsewhere': {
    title: 'You were signed out in another tab.',
    advice: 'One sign-out counts for all tabs of this browser.',
    tone: 'warn',
  },
  expired: {
    title: 'Your session has expired.',
    advice: 'The server ends sessions of this age. Sign in again to go on.',
    tone: 'warn',
  },
  revoked: {
    title: 'The server has ended your session.',
    advice: 'For instance since you signed out everywhere, on another device. Sign in again to go on.',
    tone: 'warn',
  },
  'user-banned': {
    title: 'Your account is blocked.',
    advice: 'Signing in does not work until that is lifted. Ask whoever runs this service.',
    tone: 'bad',
  },
  'storage-cleared': {
    title: 'The browser has deleted what this site had stored.',
    advice: 'Your session was a part of that. Your notes are on the server: sign in again to see them.',
    tone: 'warn',
  },
}

/** In place of `signed-out` and `signed-out-elsewhere`, where it was not the user who did it. */
export const IDLE_MESSAGE: EndMessage = {
  title: 'You were signed out because nobody was here.',
  advice: 'Nothing had happened in any tab for a while. Sign in again to go on.',
  tone: 'info',
}
